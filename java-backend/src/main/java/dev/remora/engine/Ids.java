package dev.remora.engine;

import java.util.Arrays;

/** A list of ids that grows. Of one thread at a time. */
final class Ids {
  private static final int KEPT = 1 << 16; // a larger list is not kept for the next text

  int[] values = new int[256];
  int count;

  void clear() {
    count = 0;
    if (values.length > KEPT) {
      values = new int[256];
    }
  }

  /** Makes room for more ids. */
  void reserve(int more) {
    if (values.length - count < more) {
      values = Arrays.copyOf(values, Math.max(count + more, values.length + (values.length >> 1)));
    }
  }

  void add(int id) {
    reserve(1);
    values[count++] = id;
  }
}
