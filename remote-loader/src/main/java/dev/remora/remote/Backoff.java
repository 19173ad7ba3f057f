package dev.remora.remote;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The last failure of a load, and how long it answers for the next one. Not thread-safe. */
final class Backoff {
  /** The first pause, and where its doubling ends. */
  record Range(Duration first, Duration most) {}

  private final Range range;
  private Duration pause;
  private long failedAt;
  private @Nullable Throwable failure;

  Backoff(Range range) {
    this.range = range;
    this.pause = range.first();
  }

  void failed(Throwable failure) {
    if (this.failure != null) {
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(range.most()) < 0 ? doubled : range.most();
    }
    this.failure = failure;
    this.failedAt = System.nanoTime();
  }

  void succeeded() {
    failure = null;
    pause = range.first();
  }

  /** The failure that still answers; null where a load may begin. */
  @Nullable Throwable current() {
    return failure != null && System.nanoTime() - failedAt < pause.toNanos() ? failure : null;
  }
}
