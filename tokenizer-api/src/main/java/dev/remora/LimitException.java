package dev.remora;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A bound was exceeded. What exceeded it was not stored; a value exactly at the bound is allowed.
 */
public final class LimitException extends TokenizerException {
  private static final long serialVersionUID = 1L;

  private final String limit;
  private final long bound;
  private final long observed;

  /**
   * @param rule the rule that sets the bound, such as {@link Rule#C1}; null for a bound of an
   *     engine
   * @param limit what is bounded, with its unit, such as {@code streamed bytes}
   * @param bound the largest value that is allowed
   * @param observed the value that was seen: at least this much, as counting stopped here
   */
  public LimitException(@Nullable Rule rule, String limit, long bound, long observed) {
    this(rule, limit, bound, observed, null, List.of());
  }

  private LimitException(
      @Nullable Rule rule,
      String limit,
      long bound,
      long observed,
      @Nullable Throwable cause,
      List<Attempt> attempts) {
    super(
        rule,
        String.format(
            Locale.ROOT,
            "more than %,d %s (seen: %,d%s)",
            bound,
            limit,
            observed,
            rule == null ? "" : "; rule " + rule),
        cause,
        attempts);
    this.limit = limit;
    this.bound = bound;
    this.observed = observed;
  }

  @Override
  TokenizerException copy(@Nullable Throwable newCause, List<Attempt> newAttempts) {
    return new LimitException(rule().orElse(null), limit, bound, observed, newCause, newAttempts);
  }

  @Override
  public ErrorKind kind() {
    return ErrorKind.LIMIT;
  }

  /** What is bounded, with its unit. */
  public String limit() {
    return limit;
  }

  /** The largest value that is allowed. */
  public long bound() {
    return bound;
  }

  /** The value at which counting stopped. */
  public long observed() {
    return observed;
  }
}
