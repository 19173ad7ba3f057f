package dev.remora.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.EngineException;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.conformance.ConformanceResult;
import dev.remora.conformance.contract.ContractBundle;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real child JVMs, in which a subject does what a bundle's name says. */
class HostileTrialsTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final TrialLimits LITTLE_WORK = new TrialLimits(Duration.ofMillis(500), LONG);
  private static final TrialLimits LITTLE_TIME = new TrialLimits(LONG, Duration.ofSeconds(3));
  private static final TrialLimits MUCH = new TrialLimits(LONG, LONG);

  @TempDir Path folder;

  private record Trials(ConformanceResult result, List<String> lines) {}

  private Trials run(TrialLimits limits) throws Exception {
    List<String> lines = new ArrayList<>();
    return new Trials(
        HostileTrials.run(folder, List.of("one"), Subject.class, limits, lines::add), lines);
  }

  private void bundle(String name) throws IOException {
    Path bundle = Files.createDirectory(folder.resolve(name));
    Files.write(bundle.resolve("tokenizer.json"), ContractBundle.BYTE_LEVEL.json());
  }

  @ParameterizedTest
  @CsvSource({
    "halt, 'the JVM ended (exit code 134) at load'",
    "raw, 'java.lang.IllegalArgumentException: raw at load'",
    "error, 'java.lang.StackOverflowError at load'",
    "print, 'the JVM ended'"
  })
  void harm_isNamed_andTheNextBundleIsTried(String harm, String failure) throws Exception {
    bundle(harm);
    bundle("typed");
    Trials trials = run(MUCH);
    assertEquals(new ConformanceResult(1, 1), trials.result(), trials.lines().toString());
    assertTrue(
        trials.lines().get(0).startsWith(harm + " on one: " + failure), trials.lines().get(0));
  }

  @Test
  void endlessWork_isEnded() throws Exception {
    bundle("spin");
    assertEquals(
        List.of("spin on one: more than 500 ms of work at load"), run(LITTLE_WORK).lines());
  }

  @Test
  void endlessWaiting_isEnded() throws Exception {
    bundle("sleep");
    assertEquals(List.of("sleep on one: no end within 3000 ms at load"), run(LITTLE_TIME).lines());
  }

  @Test
  void harmWhileEncoding_namesTheText() throws Exception {
    Files.write(folder.resolve("encodes.json"), ContractBundle.BYTE_LEVEL.json());
    Files.writeString(folder.resolve("encodes.text"), "1 0068007b");
    Trials trials = run(MUCH);
    assertEquals(
        List.of("encodes on one: java.lang.UnsupportedOperationException: encode at encode h{"),
        trials.lines());
  }

  @Test
  void engineThatIsNotThere_isNotAllPassed() throws Exception {
    bundle("typed");
    IOException failure =
        assertThrows(
            IOException.class,
            () -> HostileTrials.run(folder, List.of("none"), Subject.class, MUCH, line -> {}));
    assertTrue(String.valueOf(failure.getMessage()).startsWith("none does not serve"));
  }

  @Test
  void directoryWithoutBundles_andTextsThatAreNone_areRefused() throws Exception {
    assertThrows(IOException.class, () -> run(MUCH));
    Files.write(folder.resolve("a.json"), new byte[0]);
    assertThrows(IOException.class, () -> run(MUCH));
    Files.writeString(folder.resolve("a.text"), "2 00");
    assertThrows(IOException.class, () -> run(MUCH));
  }

  /** Does what the name of the bundle's directory says. */
  static final class Subject implements TrialSubject {
    public static void main(String[] arguments) throws Exception {
      TrialServer.serve(new Subject());
    }

    @Override
    public TokenizerBundle read(Path directory) {
      return TokenizerBundle.builder(Fingerprint.local()).build();
    }

    @Override
    public void selfCheck(Tokenizer tokenizer) {}

    @Override
    public Tokenizer load(Path directory, String engine) {
      if (engine.equals("none")) {
        throw new EngineException("no such engine", Map.of(), null);
      }
      switch (directory.getFileName().toString()) {
        case "halt" -> Runtime.getRuntime().halt(134);
        case "spin" -> spin();
        case "sleep" -> sleep();
        case "raw" -> throw new IllegalArgumentException("raw");
        case "error" -> throw new StackOverflowError();
        case "print" -> print();
        case "encodes" -> {
          return throwing(new UnsupportedOperationException("encode"));
        }
        case "harmless" -> {
          return throwing(new BundleException(Rule.C8, null, "what is typed is right"));
        }
        default -> throw new BundleException(Rule.C8, null, "a typed refusal");
      }
      throw new AssertionError("it went on");
    }

    private static void spin() {
      long spun = 0;
      while (spun >= 0) {
        spun = (spun + 1) % 1000;
      }
    }

    private static void sleep() {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** As native code does, past {@link System#out}. */
    private static void print() {
      try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
        out.write("thread panicked\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      sleep();
    }

    private static Tokenizer throwing(RuntimeException failure) {
      return (Tokenizer)
          Proxy.newProxyInstance(
              Tokenizer.class.getClassLoader(),
              new Class<?>[] {Tokenizer.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("close")) {
                  return null;
                }
                throw failure;
              });
    }
  }
}
