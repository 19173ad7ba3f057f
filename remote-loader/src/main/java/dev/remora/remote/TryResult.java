package dev.remora.remote;

import dev.remora.Attempt;
import dev.remora.FingerprintException;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.remote.stream.CallFailure;
import dev.remora.remote.stream.LoadDeadline;
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
      return NextStep.NEXT_WORKER; // also if no engine takes this bundle: it may take another
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
        case UNAVAILABLE, ABORTED, RESOURCE_EXHAUSTED, CANCELLED -> NextStep.RETRY;
        case UNAUTHENTICATED, PERMISSION_DENIED -> NextStep.STOP;
        default -> NextStep.NEXT_WORKER;
      };
    }

    /** Whether the worker does not have the service, so that the next name is asked. */
    boolean isUnimplemented() {
      return reason.status() == LoadStatus.UNIMPLEMENTED;
    }
  }

  /** The deadline passed or the caller gave the load up (rule C4), or the JVM cannot go on. */
  record Ended<T>(LoadException reason) implements Unsuccessful<T> {
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
    return thrown instanceof LoadException ended ? new Ended<>(ended) : new Refused<>(thrown);
  }

  /**
   * The result of a try that something else ended, such as an interceptor that throws or a defect
   * here. Only an error of the JVM itself ends the load.
   */
  static <T> Unsuccessful<T> unexpected(Throwable thrown) {
    LoadException reason = CallFailure.unexpected("the attempt", thrown);
    return CallFailure.isOfTheJvm(thrown) ? new Ended<>(reason) : new Failed<>(reason);
  }

  /** The result of a try whose call ended with this status, which is not OK. */
  static <T> Unsuccessful<T> of(Status status, LoadDeadline deadline) {
    Optional<LoadException> end = deadline.end(status.asException());
    if (end.isPresent()) {
      return new Ended<>(end.get()); // the status may be any that gRPC gives a call then
    }
    TokenizerException reason = CallFailure.of(status);
    return reason instanceof LoadException failure ? new Failed<>(failure) : new Refused<>(reason);
  }
}
