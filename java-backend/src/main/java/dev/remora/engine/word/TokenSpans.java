package dev.remora.engine.word;

import java.util.Arrays;

/** Where tokens come from in a text, in bytes. Of one thread at a time. */
public final class TokenSpans {
  private int[] ends = new int[32]; // start and end of each
  private int count;

  /** Empties the list. */
  public void clear() {
    count = 0;
  }

  /** Adds where the next token comes from. */
  public void add(int from, int to) {
    if (2 * count == ends.length) {
      ends = Arrays.copyOf(ends, 4 * count);
    }
    ends[2 * count] = from;
    ends[2 * count++ + 1] = to;
  }

  /** Where a token begins. */
  public int from(int index) {
    return ends[2 * index];
  }

  /** Where it ends. */
  public int to(int index) {
    return ends[2 * index + 1];
  }
}
