package dev.remora.conformance;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts the cases of a run, and tells of each that failed. Of one thread at a time. */
public final class Tally {
  private final Consumer<String> out;
  private long passed;
  private long failed;

  /**
   * Nothing counted yet.
   *
   * @param out receives one line for each case that fails
   */
  public Tally(Consumer<String> out) {
    this.out = out;
  }

  /**
   * Counts a case.
   *
   * @param name what the case is called
   * @param difference how it differs from the reference; null if it does not
   */
  public void count(@Nullable Object name, @Nullable String difference) {
    if (difference == null) {
      passed++;
    } else {
      failed++;
      out.accept(name + ": " + difference);
    }
  }

  /** The cases so far. */
  public ConformanceResult result() {
    return new ConformanceResult(passed, failed);
  }

  @Override
  public String toString() {
    return result().toString();
  }
}
