package dev.remora.remote.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The last failure of a load, and how long it answers for the next one. Not thread-safe. */
public final class Backoff {
  /**
   * How long a failure answers.
   *
   * @param initial after the first failure
   * @param max where the doubling with each further failure ends
   */
  public record Range(Duration initial, Duration max) {
    /** The pause after a failure, where it was this before. */
    public Duration next(Duration pause) {
      Duration doubled = pause.multipliedBy(2);
      return doubled.compareTo(max) < 0 ? doubled : max;
    }
  }

  private final Range range;
  private Duration pause;
  private long failedAt;
  private @Nullable Throwable failure;

  /** No failure so far. */
  public Backoff(Range range) {
    this.range = range;
    this.pause = range.initial();
  }

  void failed(Throwable failure) {
    if (this.failure != null) {
      pause = range.next(pause);
    }
    this.failure = failure;
    this.failedAt = System.nanoTime();
  }

  void succeeded() {
    failure = null;
    pause = range.initial();
  }

  /** The failure that still answers; null if a load may begin. */
  @Nullable Throwable current() {
    return failure != null && System.nanoTime() - failedAt < pause.toNanos() ? failure : null;
  }
}
