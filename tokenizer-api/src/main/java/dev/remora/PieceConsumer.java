package dev.remora;

/**
 * Receives the text of ids one by one, each with the id that completed it.
 *
 * @see DecodeStream#push(int[], PieceConsumer)
 */
@FunctionalInterface
public interface PieceConsumer {
  /**
   * Receives the text that one id completed. Must not use the stream that calls it, which would
   * throw {@link IllegalStateException}. What it throws ends the push: the ids up to this one are
   * taken, those after it are not.
   *
   * @param index where the id is in the array that was pushed, from 0
   * @param id the id
   * @param text what the id settled, with the text of the ids before it that was held back; may be
   *     empty
   */
  void accept(int index, int id, String text);
}
