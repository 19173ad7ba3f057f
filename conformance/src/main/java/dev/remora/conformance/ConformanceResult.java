package dev.remora.conformance;

/**
 * How many cases passed and failed.
 *
 * @param passed those equal to the reference
 * @param failed the others
 */
public record ConformanceResult(long passed, long failed) {
  /** Both together. */
  public ConformanceResult plus(ConformanceResult other) {
    return new ConformanceResult(passed + other.passed, failed + other.failed);
  }

  @Override
  public String toString() {
    return passed + " passed, " + failed + " failed";
  }
}
