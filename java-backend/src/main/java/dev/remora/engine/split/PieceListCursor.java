package dev.remora.engine.split;

import java.util.Arrays;

/** Pieces that are known. Of one thread at a time. */
final class PieceListCursor extends PieceCursor {
  private static final int MAX_KEPT = 1 << 16;

  private int[] bounds = new int[16]; // of each piece: its start and its end
  private int count;
  private int at;

  void clear() {
    count = 0;
    if (bounds.length > MAX_KEPT) {
      bounds = new int[16];
    }
  }

  void add(int from, int to) {
    if (count == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * count);
    }
    bounds[count++] = from;
    bounds[count++] = to;
  }

  void copy(PieceListCursor other) {
    clear();
    bounds = bounds.length < other.count ? new int[other.count] : bounds;
    System.arraycopy(other.bounds, 0, bounds, 0, other.count);
    count = other.count;
  }

  @Override
  void begin(byte[] bytes, int from, int to) {
    at = 0;
  }

  @Override
  public boolean next() {
    if (at == count) {
      return false;
    }
    start = bounds[at++];
    end = bounds[at++];
    return true;
  }
}
