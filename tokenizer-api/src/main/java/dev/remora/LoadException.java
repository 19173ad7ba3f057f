package dev.remora;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** No worker gave a tokenizer in time. Carries every attempt that was made. */
public final class LoadException extends TokenizerException {
  private final List<Attempt> attempts;

  /**
   * @param rule the rule that ended the load, such as {@code C4} for the deadline
   * @param problem why the load ended, such as {@code no worker gave a tokenizer}
   * @param attempts every attempt, in order
   * @param cause what ended the last attempt
   */
  public LoadException(
      String rule, String problem, List<Attempt> attempts, @Nullable Throwable cause) {
    super(rule, message(problem, attempts) + " (rule " + rule + ")", cause);
    this.attempts = List.copyOf(attempts);
  }

  private static String message(String problem, List<Attempt> attempts) {
    return attempts.isEmpty()
        ? problem
        : attempts.stream()
            .map(Attempt::toString)
            .collect(Collectors.joining("; ", problem + ": ", ""));
  }

  @Override
  public String kind() {
    return "load";
  }

  /** Every attempt, in order. */
  public List<Attempt> attempts() {
    return attempts;
  }

  /**
   * One call to one worker that gave no tokenizer.
   *
   * @param worker the authority of the worker's channel, such as {@code host:50051}
   * @param service the full name of the gRPC service that was asked
   * @param status the gRPC status code, such as {@code UNAVAILABLE}; where the worker answered but
   *     its answer was refused, the {@link TokenizerException#kind() kind} of the refusal
   * @param detail what the status or the refusal says
   * @param elapsed how long the attempt took
   */
  public record Attempt(
      String worker, String service, String status, String detail, Duration elapsed) {
    @Override
    public String toString() {
      return "%s %s: %s after %d ms: %s"
          .formatted(worker, service, status, elapsed.toMillis(), detail);
    }
  }
}
