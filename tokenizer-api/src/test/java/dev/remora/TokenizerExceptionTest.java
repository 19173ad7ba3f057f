package dev.remora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizerExceptionTest {
  private static final List<Attempt> ATTEMPTS =
      List.of(
          new Attempt(
              "a:1",
              List.of("s.A", "s.B"),
              new Attempt.Failed(LoadStatus.UNAVAILABLE),
              "gone",
              Duration.ofMillis(5)),
          new Attempt(
              "b:1",
              List.of("s.A"),
              new Attempt.Refused(ErrorKind.BUNDLE, Rule.A2),
              "a gap",
              Duration.ofMillis(7)));

  /** A cause as gRPC's are: one of its fields is not serializable. */
  private static final class UnserializableCause extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unused")
    private final Object status = new Object();

    UnserializableCause(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static Throwable unserializable() {
    return new UnserializableCause("UNAVAILABLE", new IOException("refused"));
  }

  static Stream<TokenizerException> everyType() {
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put("java", "too new");
    reasons.put("djl", "no library");
    return Stream.of(
        new BundleException(Rule.A3, "vocab.json", "a gap", unserializable()),
        new BundleException(Rule.A6, null, "it ends early"),
        new FingerprintException(Rule.C2, "aa", "bb"),
        new LimitException(Rule.C1, "streamed bytes", 10, 11),
        new LimitException(null, "UTF-16 units", 10, 11),
        new LoadException(Rule.C7, LoadStatus.INTERNAL, "no tokenizer", unserializable()),
        new EngineException("no engine takes it", reasons, unserializable()),
        new UnknownTokenException(7, 1, 5),
        new TemplateException("default", 3, "no messages", unserializable()),
        new ResponseException(
            ResponseException.Problem.CONTENT,
            "tool_calls",
            "no JSON",
            Map.of("role", "assistant"),
            "{",
            unserializable()),
        new MediaCountException("messages[0].content[1]", "image_url"));
  }

  @Test
  void everyKind_isTested() {
    Set<ErrorKind> tested =
        everyType()
            .map(TokenizerException::kind)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(ErrorKind.class)));
    assertEquals(EnumSet.allOf(ErrorKind.class), tested);
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void serialized_keepsEveryFact(TokenizerException exception) {
    exception.addSuppressed(unserializable());
    for (TokenizerException one : List.of(exception, exception.withAttempts(ATTEMPTS))) {
      TokenizerException read = roundTrip(one);
      assertEquals(facts(one), facts(read));
      assertArrayEquals(one.getStackTrace(), read.getStackTrace());
      Throwable suppressed = read.getSuppressed()[0];
      assertEquals(unserializable().toString(), suppressed.getMessage());
      assertInstanceOf(IOException.class, suppressed.getCause());
    }
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void withAttempts_isACopyWithEveryFactAndTheAttempts(TokenizerException exception) {
    exception.addSuppressed(new IOException("closing"));
    TokenizerException copy = exception.withAttempts(ATTEMPTS);
    assertNotSame(exception, copy);
    assertEquals(List.of(), exception.attempts());
    assertEquals(ATTEMPTS, copy.attempts());
    assertEquals(facts(exception), facts(copy.withAttempts(List.of())));
    assertSame(exception.getCause(), copy.getCause());
    assertArrayEquals(exception.getStackTrace(), copy.getStackTrace());
    assertArrayEquals(exception.getSuppressed(), copy.getSuppressed());
    assertEquals(
        exception.getMessage() + "; attempts: a:1 UNAVAILABLE: gone; b:1 bundle: a gap",
        copy.getMessage());
  }

  @Test
  void serializedCause_keepsItsTextTraceAndCauses() {
    Throwable cause = unserializable();
    Throwable read =
        roundTrip(new LoadException(Rule.C7, LoadStatus.UNAVAILABLE, "gone", cause)).getCause();
    assertNotNull(read);
    assertEquals(cause.toString(), read.getMessage());
    assertArrayEquals(cause.getStackTrace(), read.getStackTrace());
    assertEquals("refused", assertInstanceOf(IOException.class, read.getCause()).getMessage());
  }

  @Test
  void serializedCause_thatIsItsOwnCause_ends() {
    Throwable inner = new RuntimeException("inner");
    Throwable outer = new UnserializableCause("outer", inner);
    inner.initCause(outer);
    Throwable read =
        roundTrip(new LoadException(Rule.C7, LoadStatus.UNKNOWN, "round", outer)).getCause();
    assertNotNull(read);
    assertEquals(outer.toString(), read.getMessage());
  }

  @Test
  void publicMethods_changeNothing() {
    for (Class<?> type : TokenizerException.class.getPermittedSubclasses()) {
      List<String> mutators =
          Arrays.stream(type.getMethods())
              .filter(method -> method.getDeclaringClass() != Throwable.class)
              .filter(method -> method.getReturnType() == void.class)
              .filter(method -> method.getDeclaringClass() != Object.class)
              .map(Method::getName)
              .toList();
      assertEquals(List.of(), mutators, type.getName());
    }
  }

  private static TokenizerException roundTrip(TokenizerException exception) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(exception);
      out.flush();
      ByteArrayInputStream written = new ByteArrayInputStream(bytes.toByteArray());
      try (ObjectInputStream in = new ObjectInputStream(written)) {
        return (TokenizerException) in.readObject();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** What every public accessor of the exception's own types gives, by its name. */
  private static Map<String, Object> facts(TokenizerException exception) {
    Map<String, Object> facts = new TreeMap<>(Comparator.naturalOrder());
    facts.put("type", exception.getClass());
    for (Method method : exception.getClass().getMethods()) {
      boolean own = TokenizerException.class.isAssignableFrom(method.getDeclaringClass());
      if (own && method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers())) {
        try {
          facts.put(method.getName(), Optional.ofNullable(method.invoke(exception)));
        } catch (ReflectiveOperationException e) {
          throw new LinkageError(method.getName(), e);
        }
      }
    }
    return facts;
  }
}
