package dev.remora.server;

import java.time.Duration;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable IntToDoubleFunction logprobs;

  private GenerateScript(
      UnaryOperator<int[]> answer,
      int idsPerMessage,
      Duration pause,
      @Nullable IntToDoubleFunction logprobs) {
    this.answer = answer;
    this.idsPerMessage = idsPerMessage;
    this.pause = pause;
    this.logprobs = logprobs;
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
    return new GenerateScript(Objects.requireNonNull(answer), 2, Duration.ofMillis(5), null);
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
    return new GenerateScript(answer, ids, pause, logprobs);
  }

  /** The same with this pause before each message of ids; zero for none. */
  public GenerateScript pause(Duration before) {
    return new GenerateScript(answer, idsPerMessage, Objects.requireNonNull(before), logprobs);
  }

  /**
   * The same with log probabilities for requests that ask for them: those that a function gives for
   * the id that was generated and, as the most probable ones at its place, for it and the ids above
   * it. Default none, as of a worker that does not tell them.
   */
  public GenerateScript logprobs(IntToDoubleFunction ofId) {
    return new GenerateScript(answer, idsPerMessage, pause, Objects.requireNonNull(ofId));
  }

  @Nullable IntToDoubleFunction logprobs() {
    return logprobs;
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
