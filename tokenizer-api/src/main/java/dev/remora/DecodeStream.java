package dev.remora;

/**
 * Turns the ids of one generation into text while they arrive.
 *
 * <p>The chunks and what {@link #finish()} gives, one after the other, equal {@link
 * Tokenizer#decode(int[], DecodeOptions)} of all ids with the options of the stream. No chunk ends
 * inside a character. What cannot be told yet is held back: bytes of an unfinished character, a run
 * of byte-fallback tokens until another token ends it, and one token where the last one is decoded
 * differently. A run of more than 4,096 such bytes is the one exception to the first sentence: the
 * characters complete so far are then given out, and should its bytes turn out not to be UTF-8 in
 * the end, the one-shot decode would have replaced them too ({@link #earlyReleases()} counts this).
 *
 * <p>Text is given out as a String, or appended to a caller's StringBuilder; both forms may be
 * mixed. A text that is given out often is one String that all streams of a tokenizer share, so
 * that most ids allocate nothing.
 *
 * <p>The state is bounded and the cost of an id does not grow with their number. Not thread-safe: a
 * stream belongs to one generation. It goes on after its tokenizer was closed, as it needs no
 * engine. A null argument is a {@link NullPointerException}, and changes nothing.
 */
public interface DecodeStream {
  /**
   * The text that this id settles; may be empty.
   *
   * @throws UnknownTokenException if the id has no token; the stream is as before. Its index is the
   *     number of ids that were taken before it
   * @throws IllegalStateException after {@link #finish()}
   */
  String push(int id);

  /**
   * Appends the text that this id settles.
   *
   * @param target receives the text
   * @return how many UTF-16 units were appended; may be 0
   * @throws UnknownTokenException as {@link #push(int)}; nothing is appended
   * @throws IllegalStateException after {@link #finish()}
   */
  int push(int id, StringBuilder target);

  /**
   * The text that these ids settle together.
   *
   * @throws UnknownTokenException if an id has no token. The ids before it are taken, those from it
   *     on are not; the text that was settled comes with the next push or {@link #finish()}
   * @throws IllegalStateException after {@link #finish()}
   */
  String push(int[] ids);

  /**
   * Appends the text that these ids settle together.
   *
   * @param target receives the text
   * @return how many UTF-16 units were appended; may be 0
   * @throws UnknownTokenException if an id has no token. The ids before it are taken and their text
   *     is appended, those from it on are not
   * @throws IllegalStateException after {@link #finish()}
   */
  int push(int[] ids, StringBuilder target);

  /**
   * Hands over the text of these ids one by one, each text with the id that completed it: for log
   * probabilities. The texts joined are what {@link #push(int[])} would give. Text that only {@link
   * #finish()} settles belongs to the ids after the last one that completed any.
   *
   * @param pieces called once for each id, in order, the empty texts included
   * @throws UnknownTokenException if an id has no token. The ids before it are taken and handed
   *     over, those from it on are not
   * @throws IllegalStateException after {@link #finish()}
   */
  void push(int[] ids, PieceConsumer pieces);

  /**
   * The text that was held back, unfinished characters as U+FFFD. Ends the stream.
   *
   * @throws IllegalStateException if the stream was finished before
   */
  String finish();

  /**
   * Appends the text that was held back, unfinished characters as U+FFFD. Ends the stream.
   *
   * @param target receives the text
   * @return how many UTF-16 units were appended; may be 0
   * @throws IllegalStateException if the stream was finished before
   */
  int finish(StringBuilder target);

  /**
   * The text of one token alone, as it would be inside a text: for log probabilities. Bytes that
   * are not a whole character are U+FFFD. Does not change the stream, and may be called after
   * {@link #finish()}. A special token has its text here even where the stream skips it.
   *
   * @throws UnknownTokenException if the id has no token; its index is 0
   */
  String piece(int id);

  /** How often a run of bytes was so long that its characters were given out before its end. */
  int earlyReleases();
}
