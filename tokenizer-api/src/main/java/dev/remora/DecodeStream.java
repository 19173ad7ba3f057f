package dev.remora;

/**
 * Turns the ids of one generation into text while they arrive.
 *
 * <p>The chunks and what {@link #finish()} gives, one after the other, equal {@link
 * Tokenizer#decode(int[], boolean)} of all ids; with a prompt, what decoding prompt and ids gives
 * beyond the text that the prompt settles. No chunk ends inside a character. What cannot be told
 * yet is held back: bytes of an unfinished character, and a run of byte-fallback tokens until
 * another token ends it. A run of more than 4,096 such bytes is the one exception to the first
 * sentence: the characters complete so far are then given out, and should its bytes turn out not to
 * be UTF-8 in the end, the one-shot decode would have replaced them too ({@link #earlyReleases()}
 * counts this).
 *
 * <p>The state is bounded and the cost of an id does not grow with their number. Not thread-safe: a
 * stream belongs to one generation. It goes on after its tokenizer was closed, as it needs no
 * engine.
 */
public interface DecodeStream {
  /**
   * The text that this id settles; may be empty.
   *
   * @throws UnknownTokenException if the id has no token; the stream is as before
   * @throws IllegalStateException after {@link #finish()}
   */
  String push(int id);

  /** The text that these ids settle together. */
  default String push(int[] ids) {
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append(push(id));
    }
    return text.toString();
  }

  /**
   * The text that was held back, unfinished characters as U+FFFD. Ends the stream.
   *
   * @throws IllegalStateException if it was called before
   */
  String finish();

  /**
   * The text of one token alone, as it would stand inside of a text: for log probabilities. Does
   * not change the stream. A special token has its text here even where the stream skips it.
   *
   * @throws UnknownTokenException if the id has no token
   */
  String piece(int id);

  /** How often a run of bytes was so long that its characters were given out before its end. */
  int earlyReleases();
}
