package dev.remora.djl;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the calls that use a native object, and frees it when it is closed and the last of them
 * has ended: at once, or by the thread whose call ends last. Thread-safe.
 */
final class CallsInFlight {
  private static final int CLOSED = Integer.MIN_VALUE; // the sign bit; the count is below it

  private final AtomicInteger state = new AtomicInteger();
  private final Runnable free;

  CallsInFlight(Runnable free) {
    this.free = free;
  }

  /**
   * A call begins; {@link #end} must follow.
   *
   * @throws IllegalStateException if the object was closed
   */
  void begin() {
    int seen;
    do {
      seen = state.get();
      if (seen < 0) {
        throw new IllegalStateException("the tokenizer is closed");
      }
    } while (!state.compareAndSet(seen, seen + 1));
  }

  /** A call has ended. */
  void end() {
    if (state.decrementAndGet() == CLOSED) {
      free.run();
    }
  }

  /** Refuses further calls; closing again does nothing. */
  void close() {
    if (state.getAndUpdate(seen -> seen | CLOSED) == 0) {
      free.run();
    }
  }
}
