package dev.remora;

import dev.remora.text.Printable;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to get a tokenizer from one worker, which failed. Immutable and thread-safe.
 *
 * @param worker the authority of the worker's channel, such as {@code host:50051}
 * @param services the full names of the gRPC services that were asked, in order; the worker has
 *     none of them but the last, and not that one either if the status is {@link
 *     LoadStatus#UNIMPLEMENTED}
 * @param outcome how the attempt ended
 * @param detail what the status or the refusal says
 * @param elapsed how long the attempt took
 */
public record Attempt(
    String worker, List<String> services, Outcome outcome, String detail, Duration elapsed)
    implements Serializable {
  /** Keeps a copy of the list. */
  public Attempt {
    Objects.requireNonNull(worker, "worker");
    services = List.copyOf(services);
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(elapsed, "elapsed");
  }

  /** How an attempt ended: its call failed, or the answer was refused. */
  public sealed interface Outcome extends Serializable permits Failed, Refused {}

  /**
   * The call ended with a status: the worker's, or that of this load if its deadline passed or it
   * was cancelled.
   *
   * @param status the status
   */
  public record Failed(LoadStatus status) implements Outcome {
    /** Refuses null. */
    public Failed {
      Objects.requireNonNull(status, "status");
    }

    /** The status, such as {@code UNAVAILABLE}. */
    @Override
    public String toString() {
      return status.toString();
    }
  }

  /**
   * The worker answered, and its answer was refused.
   *
   * @param kind the kind of the exception that refused it
   * @param rule the rule that the answer breaks; null if none
   */
  public record Refused(ErrorKind kind, @Nullable Rule rule) implements Outcome {
    /** Refuses null as a kind. */
    public Refused {
      Objects.requireNonNull(kind, "kind");
    }

    /** The kind, such as {@code fingerprint}. */
    @Override
    public String toString() {
      return kind.toString();
    }
  }

  /** Everything but the services, on one line, with control characters escaped. */
  @Override
  public String toString() {
    return worker + " " + outcome + " after " + elapsed.toMillis() + " ms: " + printableDetail();
  }

  /** The detail, as it may stand in a message. */
  String printableDetail() {
    return Printable.of(detail, Printable.MESSAGE);
  }
}
