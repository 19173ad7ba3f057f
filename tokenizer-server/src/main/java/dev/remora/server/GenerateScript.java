package dev.remora.server;

import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What SGLang's Generate answers where there is no model: given ids, streamed a few at a time.
 *
 * <p>As SGLang does, the server ends with {@code length} at max_new_tokens, and with {@code stop}
 * after an id of stop_token_ids, which is still sent, or where the ids end. Stop strings are the
 * router's, as the server has no text. Immutable; thread-safe if its function is.
 */
public final class GenerateScript {
  private final UnaryOperator<int[]> answer;
  private final int idsPerMessage;
  private final Duration pause;

  private GenerateScript(UnaryOperator<int[]> answer, int idsPerMessage, Duration pause) {
    this.answer = answer;
    this.idsPerMessage = idsPerMessage;
    this.pause = pause;
  }

  /** Answers every prompt with these ids. */
  public static GenerateScript of(int... ids) {
    int[] copy = ids.clone();
    return of(prompt -> copy);
  }

  /**
   * Answers a prompt with the ids that a function gives for its ids; two to a message, 5 ms before
   * each message.
   */
  public static GenerateScript of(UnaryOperator<int[]> answer) {
    return new GenerateScript(Objects.requireNonNull(answer), 2, Duration.ofMillis(5));
  }

  /**
   * The same with so many ids to a message.
   *
   * @throws IllegalArgumentException if they are not positive
   */
  public GenerateScript idsPerMessage(int ids) {
    if (ids < 1) {
      throw new IllegalArgumentException(ids + " ids per message");
    }
    return new GenerateScript(answer, ids, pause);
  }

  /** The same with this pause before each message of ids; zero for none. */
  public GenerateScript pause(Duration before) {
    return new GenerateScript(answer, idsPerMessage, Objects.requireNonNull(before));
  }

  int[] answer(int[] prompt) {
    return answer.apply(prompt);
  }

  int idsPerMessage() {
    return idsPerMessage;
  }

  Duration pause() {
    return pause;
  }
}
