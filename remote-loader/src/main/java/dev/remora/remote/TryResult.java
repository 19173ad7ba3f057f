package dev.remora.remote;

import dev.remora.Attempt;
import dev.remora.BundleException;
import dev.remora.FingerprintException;
import dev.remora.LimitException;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.remote.stream.CallFailure;
import io.grpc.Context;
import io.grpc.Status;
import java.util.Optional;

/** How one try of one worker ended, and what that means for the load (rule C7). */
sealed interface TryResult<T> {
  /** The worker gave what was asked for. */
  record Loaded<T>(T value) implements TryResult<T> {}

  /** The worker gave nothing. */
  sealed interface Unsuccessful<T> extends TryResult<T> {
    /** Why, as the exception that the load throws if this try is its last. */
    TokenizerException reason();

    /** How an {@link Attempt} tells of it. */
    Attempt.Outcome outcome();

    /** What the load does now. */
    NextStep next();
  }

  /** The worker answered, and its answer breaks a rule or cannot be used here. */
  record Refused<T>(TokenizerException reason) implements Unsuccessful<T> {
    @Override
    public Attempt.Outcome outcome() {
      return new Attempt.Refused(reason.kind(), reason.rule().orElse(null));
    }

    @Override
    public NextStep next() {
      if (reason instanceof FingerprintException) {
        // The right bytes may come next time, unless they were right and not those expected.
        boolean sound = reason.rule().equals(Optional.of(Rule.C2));
        return sound ? NextStep.NEXT_WORKER : NextStep.RETRY;
      }
      return reason instanceof BundleException || reason instanceof LimitException
          ? NextStep.NEXT_WORKER
          : NextStep.STOP; // an engine that is missing here is missing for every worker
    }
  }

  /** The worker ended the call with a status. */
  record Failed<T>(LoadException reason) implements Unsuccessful<T> {
    @Override
    public Attempt.Outcome outcome() {
      return new Attempt.Failed(reason.status());
    }

    @Override
    public NextStep next() {
      return switch (reason.status()) {
        case UNAVAILABLE, ABORTED, RESOURCE_EXHAUSTED -> NextStep.RETRY;
        case UNAUTHENTICATED, PERMISSION_DENIED -> NextStep.STOP;
        default -> NextStep.NEXT_WORKER;
      };
    }

    /** Whether the worker does not have the service, so that the next name is asked. */
    boolean isUnimplemented() {
      return reason.status() == LoadStatus.UNIMPLEMENTED;
    }
  }

  /** The load's deadline passed, or its caller gave it up (rule C4). */
  record Cancelled<T>(LoadException reason) implements Unsuccessful<T> {
    @Override
    public Attempt.Outcome outcome() {
      return new Attempt.Failed(reason.status());
    }

    @Override
    public NextStep next() {
      return NextStep.STOP;
    }
  }

  /** Where a load goes on after a try that gave nothing. */
  enum NextStep {
    /** This worker cannot serve the tokenizer: on to the next one. */
    NEXT_WORKER,
    /** It may work later: on to the next one, and back after a pause. */
    RETRY,
    /** No worker would do better, or the caller wants no more. */
    STOP
  }

  /** The result of a try that an exception ended. */
  static <T> Unsuccessful<T> of(TokenizerException thrown) {
    return thrown instanceof LoadException ended ? new Cancelled<>(ended) : new Refused<>(thrown);
  }

  /** The result of a try whose call ended with this status, which is not OK. */
  static <T> Unsuccessful<T> of(Status status) {
    TokenizerException reason = CallFailure.of(status);
    if (!(reason instanceof LoadException ended)) {
      return new Refused<>(reason);
    }
    return ended.status() == LoadStatus.CANCELLED && Context.current().isCancelled()
        ? new Cancelled<>(ended)
        : new Failed<>(ended);
  }
}
