package dev.remora;

import dev.remora.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Anything that goes wrong with a tokenizer, its loading or its use. Each type carries its facts as
 * fields, from which the message is made.
 *
 * <p>Immutable but for what every {@link Throwable} lets be changed. Serializable with all facts;
 * of causes that are not serializable, such as gRPC's, the text and the stack trace are kept.
 */
public abstract sealed class TokenizerException extends RuntimeException
    permits BundleException,
        LimitException,
        LoadException,
        EngineException,
        UnknownTokenException,
        TemplateException,
        ResponseException,
        MediaCountException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Rule rule;
  private final List<Attempt> attempts;

  TokenizerException(
      @Nullable Rule rule, String message, @Nullable Throwable cause, List<Attempt> attempts) {
    super(Printable.of(message, Printable.MESSAGE), cause);
    this.rule = rule;
    this.attempts = List.copyOf(attempts);
  }

  /** The kind, of which each type has one. */
  public abstract ErrorKind kind();

  /** A new exception of this type with the same facts. */
  abstract TokenizerException copy(@Nullable Throwable newCause, List<Attempt> newAttempts);

  /** The rule that was broken; empty if none. */
  public Optional<Rule> rule() {
    return Optional.ofNullable(rule);
  }

  /**
   * Every failed attempt of the load that ended with this exception, in order, the one that threw
   * it last; empty if it is not from a load.
   */
  public List<Attempt> attempts() {
    return attempts;
  }

  /**
   * This exception as the failure of a load: a new one of the same type with the same facts, cause,
   * suppressed exceptions and stack trace, and these {@link #attempts()}. For loaders.
   */
  public final TokenizerException withAttempts(List<Attempt> made) {
    TokenizerException copy = copy(getCause(), made);
    copy.setStackTrace(getStackTrace());
    for (Throwable suppressed : getSuppressed()) {
      copy.addSuppressed(suppressed);
    }
    return copy;
  }

  /**
   * What is wrong, on one line, with control characters escaped and no longer than a reader wants;
   * if several attempts were made, also what each worker did, equal attempts once.
   */
  @Override
  public String getMessage() {
    String problem = String.valueOf(super.getMessage());
    if (attempts.size() < 2) {
      return problem;
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Attempt attempt : attempts) {
      String detail = attempt.printableDetail();
      String unlessSaid = detail.equals(problem) ? "" : ": " + detail;
      counts.merge(attempt.worker() + " " + attempt.outcome() + unlessSaid, 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + (entry.getValue() == 1 ? "" : " x" + entry.getValue()))
        .collect(Collectors.joining("; ", problem + "; attempts: ", ""));
  }

  /** What is serialized: this exception, or a copy if something it carries is not serializable. */
  Object writeReplace() {
    Throwable cause = getCause();
    Throwable written = cause == null ? null : SerializedCause.of(cause);
    Throwable[] suppressed = getSuppressed();
    boolean asIs = written == cause;
    for (int i = 0; i < suppressed.length; i++) {
      Throwable one = SerializedCause.of(suppressed[i]);
      asIs &= one == suppressed[i];
      suppressed[i] = one;
    }
    if (asIs) {
      return this;
    }
    TokenizerException copy = copy(written, attempts);
    copy.setStackTrace(getStackTrace());
    for (Throwable one : suppressed) {
      copy.addSuppressed(one);
    }
    return copy;
  }
}
