package dev.remora.conformance.hostile;

import java.time.Duration;

/**
 * How long one trial may take.
 *
 * @param work the processor time of its thread: what a loaded machine does not change
 * @param wall the time on the clock, in which a thread that only waits comes to its end
 */
public record TrialLimits(Duration work, Duration wall) {
  /** 2 s of work, 60 s on the clock. */
  public static final TrialLimits DEFAULT =
      new TrialLimits(Duration.ofSeconds(2), Duration.ofSeconds(60));
}
