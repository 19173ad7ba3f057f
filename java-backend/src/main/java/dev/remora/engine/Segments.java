package dev.remora.engine;

import java.util.Arrays;

/** Ranges of a text in turn: added tokens, and the text between. Of one thread at a time. */
final class Segments {
  /** In place of an id: what is no added token. */
  static final int TEXT = -1;

  private int[] values = new int[3 * 16];
  private int used;

  void clear() {
    used = 0;
    if (values.length > 1 << 16) {
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

  int count() {
    return used / 3;
  }

  int id(int index) {
    return values[3 * index];
  }

  int from(int index) {
    return values[3 * index + 1];
  }

  int to(int index) {
    return values[3 * index + 2];
  }
}
