package dev.remora;

import java.time.Duration;

/**
 * One try at one worker that gave no tokenizer.
 *
 * @param worker the authority of the worker's channel, such as {@code host:50051}
 * @param service the full name of the gRPC service that was asked; all of them, with commas, where
 *     the worker has none of them
 * @param status the gRPC status code, such as {@code UNAVAILABLE}; where the worker answered but
 *     its answer was refused, the {@link TokenizerException#kind() kind} of the refusal
 * @param detail what the status or the refusal says
 * @param elapsed how long the try took
 */
public record Attempt(
    String worker, String service, String status, String detail, Duration elapsed) {
  @Override
  public String toString() {
    return "%s %s after %d ms: %s".formatted(worker, status, elapsed.toMillis(), detail);
  }
}
