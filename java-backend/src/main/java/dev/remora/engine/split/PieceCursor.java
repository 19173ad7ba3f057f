package dev.remora.engine.split;

/**
 * The pieces that a pre-tokenizer cuts out of a text, one after the other; what is in none is
 * dropped. Of one thread at a time.
 */
public abstract class PieceCursor {
  /** Where the piece begins. */
  protected int start;

  /** Where it ends, which is after its start. */
  protected int end;

  /** Takes a text that is not empty. */
  abstract void begin(byte[] bytes, int from, int to);

  /** Goes to the next piece; false if there is none. */
  public abstract boolean next();

  /** Where the piece begins. */
  public final int start() {
    return start;
  }

  /** Where the piece ends. */
  public final int end() {
    return end;
  }
}
