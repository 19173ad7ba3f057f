package dev.remora;

import org.jspecify.annotations.Nullable;

/** A bound was passed. What passed it was not stored; exactly at the bound is still allowed. */
public final class LimitException extends TokenizerException {
  private final String limit;
  private final long bound;
  private final long observed;

  /**
   * @param rule the rule that sets the bound, such as {@code C1}; null for a bound of an engine
   * @param limit what is bounded, with its unit, such as {@code streamed bytes}
   * @param bound the largest value that is allowed
   * @param observed the value that was seen: at least this much, as counting stopped here
   */
  public LimitException(@Nullable Rule rule, String limit, long bound, long observed) {
    super(
        rule,
        "more than %,d %s (seen: %,d%s)"
            .formatted(bound, limit, observed, rule == null ? "" : "; rule " + rule),
        null);
    this.limit = limit;
    this.bound = bound;
    this.observed = observed;
  }

  @Override
  public String kind() {
    return "limit";
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
