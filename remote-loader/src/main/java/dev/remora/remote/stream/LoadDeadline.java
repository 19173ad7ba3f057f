package dev.remora.remote.stream;

import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.core.guard.BuildGuard;
import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The one end of a load (rule C4): the option's timeout or the deadline of the caller's context,
 * whichever is shorter; and the caller's interrupt. Thread-safe.
 */
public final class LoadDeadline implements BuildGuard {
  private final Deadline deadline;
  private final String whenPassed;

  private LoadDeadline(Deadline deadline, String whenPassed) {
    this.deadline = deadline;
    this.whenPassed = whenPassed;
  }

  /** The end of a load that begins now. */
  public static LoadDeadline after(Duration timeout) {
    Deadline own = Deadline.after(timeout.toNanos(), TimeUnit.NANOSECONDS);
    Deadline callers = Context.current().getDeadline();
    return new LoadDeadline(
        callers == null ? own : own.minimum(callers), "the deadline of the load passed");
  }

  /** The end of a part of this load, which leaves as much time to the next part. */
  public LoadDeadline half() {
    return new LoadDeadline(
        Deadline.after(remainingNanos() / 2, TimeUnit.NANOSECONDS),
        "half of the time that was left passed, the rest is for the next source");
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
    Optional<LoadException> end = end(null);
    if (end.isPresent()) {
      throw end.get();
    }
  }

  /**
   * Why a load is over: its time has passed, its thread was interrupted or its context cancelled.
   *
   * @param cause what was seen of it
   * @return empty while it is not over
   */
  public Optional<LoadException> end(@Nullable Throwable cause) {
    if (Thread.currentThread().isInterrupted()) {
      return Optional.of(cancelled(cause));
    }
    Context context = Context.current();
    if (context.isCancelled()) {
      return Optional.of(ended(context, cause));
    }
    return deadline.isExpired() ? Optional.of(passed(whenPassed, cause)) : Optional.empty();
  }

  /**
   * The failure of a load whose caller's context ended: by its deadline, or because it was
   * cancelled.
   */
  public static LoadException ended(Context context, @Nullable Throwable cause) {
    return context.cancellationCause() instanceof TimeoutException
        ? passed("the caller's deadline passed", cause)
        : cancelled(cause);
  }

  private static LoadException passed(String problem, @Nullable Throwable cause) {
    return new LoadException(Rule.C4, LoadStatus.DEADLINE_EXCEEDED, problem, cause);
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
