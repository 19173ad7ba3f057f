package dev.remora.engine.added;

import java.util.Arrays;

/** Ranges of a text in turn: added tokens, and the text between. Of one thread at a time. */
public final class TextSegments {
  /** In place of an id: what is not an added token. */
  public static final int TEXT = -1;

  private static final int MAX_KEPT = 1 << 16; // a larger array is not kept for the next text

  private int[] values = new int[3 * 16];
  private int used;

  void clear() {
    used = 0;
    if (values.length > MAX_KEPT) {
      values = new int[3 * 16];
    }
  }

  void add(int id, int from, int to) {
    if (used == values.length) {
      values = Arrays.copyOf(values, 2 * used);
    }
    values[used] = id;
    values[used + 1] = from;
    values[used + 2] = to;
    used += 3;
  }

  /** How many there are. */
  public int count() {
    return used / 3;
  }

  /** The id of the added token; {@link #TEXT} for text between. */
  public int id(int index) {
    return values[3 * index];
  }

  /** Where the range begins. */
  public int from(int index) {
    return values[3 * index + 1];
  }

  /** Where it ends. */
  public int to(int index) {
    return values[3 * index + 2];
  }
}
