package dev.remora.server;

import java.time.Duration;

/** The calls of one method that a server has had, from their start to their end. Thread-safe. */
public final class CallCounts {
  private int calls;
  private int completed;
  private int cancelled;
  private long messages;

  CallCounts() {}

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

  /** How many calls have begun. */
  public synchronized int calls() {
    return calls;
  }

  /** How many calls the server ended, with whatever status. */
  public synchronized int completedCalls() {
    return completed;
  }

  /**
   * How many calls ended otherwise: the client cancelled, its deadline passed, its connection
   * broke, or the server was closed by force.
   */
  public synchronized int cancelledCalls() {
    return cancelled;
  }

  /** How many calls have begun and not ended. */
  public synchronized int activeCalls() {
    return calls - completed - cancelled;
  }

  /** How many messages were handed to the transport, in all calls. */
  public synchronized long messagesSent() {
    return messages;
  }

  /**
   * Waits until no call is active: what a client has just cancelled ends here a moment later.
   *
   * @return false if a call is still active after this time
   */
  public synchronized boolean awaitIdle(Duration timeout) throws InterruptedException {
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
