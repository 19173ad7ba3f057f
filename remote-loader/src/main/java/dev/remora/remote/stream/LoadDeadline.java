package dev.remora.remote.stream;

import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.core.guard.BuildGuard;
import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one end of a load (rule C4): the option's timeout or the deadline of the caller's context,
 * whichever is shorter; and the caller's interrupt. Thread-safe.
 */
public final class LoadDeadline implements BuildGuard {
  private final Deadline deadline;

  private LoadDeadline(Deadline deadline) {
    this.deadline = deadline;
  }

  /** The end of a load that begins now. */
  public static LoadDeadline after(Duration timeout) {
    Deadline own = Deadline.after(timeout.toNanos(), TimeUnit.NANOSECONDS);
    Deadline callers = Context.current().getDeadline();
    return new LoadDeadline(callers == null ? own : own.minimum(callers));
  }

  Deadline toGrpc() {
    return deadline;
  }

  long remainingNanos() {
    return deadline.timeRemaining(TimeUnit.NANOSECONDS);
  }

  /** Ends a load whose time has passed or whose thread was interrupted or context cancelled. */
  @Override
  public void check() {
    if (Thread.currentThread().isInterrupted() || Context.current().isCancelled()) {
      throw cancelled(null);
    }
    if (deadline.isExpired()) {
      throw new LoadException(
          Rule.C4, LoadStatus.DEADLINE_EXCEEDED, "the deadline of the load passed", null);
    }
  }

  /** The failure of a load that its caller gave up. */
  public static LoadException cancelled(@Nullable Throwable cause) {
    return new LoadException(Rule.C4, LoadStatus.CANCELLED, "the load was cancelled", cause);
  }

  /** Waits, but never past the end. */
  public void sleep(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(Math.min(nanos, Math.max(0, remainingNanos())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(e);
    }
    check();
  }
}
