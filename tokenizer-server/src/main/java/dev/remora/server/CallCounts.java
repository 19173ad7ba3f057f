package dev.remora.server;

import java.time.Duration;

/** Counts calls from their start to their end. Thread-safe. */
final class CallCounts {
  private int calls;
  private int completed;
  private int cancelled;
  private long messages;

  /** Counts a call and gives its number, from 0. */
  synchronized int started() {
    return calls++;
  }

  synchronized void messageSent() {
    messages++;
  }

  synchronized void completed() {
    completed++;
    notifyAll();
  }

  synchronized void cancelled() {
    cancelled++;
    notifyAll();
  }

  synchronized int calls() {
    return calls;
  }

  synchronized int completedCalls() {
    return completed;
  }

  synchronized int cancelledCalls() {
    return cancelled;
  }

  synchronized int activeCalls() {
    return calls - completed - cancelled;
  }

  synchronized long messagesSent() {
    return messages;
  }

  /** Waits until no call is active; false if one still is after this time. */
  synchronized boolean awaitIdle(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (activeCalls() > 0) {
      long millis = (end - System.nanoTime() + 999_999) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }
}
