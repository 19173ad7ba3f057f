package dev.remora.engine.text;

import java.util.Arrays;

/** A list of ids, or of other numbers, that grows. Of one thread at a time. */
public final class IdList {
  private static final int MAX_KEPT = 1 << 16; // a larger list is not kept for the next text

  /** The ids; there may be room after the last. */
  public int[] values = new int[256];

  /** How many there are. */
  public int count;

  /** Empties the list. */
  public void clear() {
    count = 0;
    if (values.length > MAX_KEPT) {
      values = new int[256];
    }
  }

  /** Makes room for more ids. */
  public void reserve(int more) {
    if (values.length - count < more) {
      values = Arrays.copyOf(values, Math.max(count + more, values.length + (values.length >> 1)));
    }
  }

  /** Appends an id. */
  public void add(int id) {
    reserve(1);
    values[count++] = id;
  }
}
