package dev.remora.jinja.value;

/** A limit that was passed, on its way to the place that knows the line. */
public final class LimitFailure extends RuntimeException {
  /** What is limited. */
  public enum Limit {
    STEPS,
    CHARACTERS,
    DEPTH
  }

  private final Limit limit;
  private final String unit;
  private final long bound;
  private final long observed;

  public LimitFailure(Limit limit, String unit, long bound, long observed) {
    super(observed + " " + unit + ", more than " + bound, null, false, false);
    this.limit = limit;
    this.unit = unit;
    this.bound = bound;
    this.observed = observed;
  }

  /** Nesting deeper than it may be. */
  public static LimitFailure tooDeep(long bound, long observed) {
    return new LimitFailure(Limit.DEPTH, "levels of nesting", bound, observed);
  }

  /** What is limited. */
  public Limit limit() {
    return limit;
  }

  /** What is counted. */
  public String unit() {
    return unit;
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
