package dev.remora;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Anything that goes wrong with a tokenizer, its loading or its use. The kinds are few and each
 * carries its facts as fields; the message is made from them.
 */
public abstract sealed class TokenizerException extends RuntimeException
    permits BundleException,
        LimitException,
        LoadException,
        EngineException,
        UnknownTokenException,
        TemplateException {

  private final @Nullable Rule rule;
  private final String problem;
  private volatile List<Attempt> attempts = List.of();

  TokenizerException(@Nullable Rule rule, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.rule = rule;
    this.problem = message;
  }

  /** The kind in one word, for logs and machines: {@code bundle}, {@code limit}, {@code load}, … */
  public abstract String kind();

  /** The rule that was broken; empty if none. */
  public Optional<Rule> rule() {
    return Optional.ofNullable(rule);
  }

  /**
   * Every try of the load that failed with this exception, in order, this failure's own the last;
   * empty where it is not from a load.
   */
  public List<Attempt> attempts() {
    return attempts;
  }

  /** For loaders: sets {@link #attempts()}, which the message then names if there are several. */
  public void setAttempts(List<Attempt> made) {
    this.attempts = List.copyOf(made);
  }

  /** What was wrong; where several tries were made, what each worker did, equal ones once. */
  @Override
  public String getMessage() {
    List<Attempt> made = attempts;
    if (made.size() < 2) {
      return problem;
    }
    Map<String, Integer> tries = new LinkedHashMap<>();
    for (Attempt attempt : made) {
      String detail = attempt.detail().equals(problem) ? "" : ": " + attempt.detail();
      tries.merge(attempt.worker() + " " + attempt.status() + detail, 1, Integer::sum);
    }
    return tries.entrySet().stream()
        .map(entry -> entry.getKey() + (entry.getValue() == 1 ? "" : " x" + entry.getValue()))
        .collect(Collectors.joining("; ", problem + "; attempts: ", ""));
  }
}
