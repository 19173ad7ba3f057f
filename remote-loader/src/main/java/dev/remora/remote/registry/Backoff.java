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
  public record Range(Duration initial, Duration max) {}

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
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(range.max()) < 0 ? doubled : range.max();
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
