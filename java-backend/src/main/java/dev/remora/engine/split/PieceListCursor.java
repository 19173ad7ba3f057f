package dev.remora.engine.split;

import dev.remora.engine.text.IdList;

/** Pieces that are known. Of one thread at a time. */
final class PieceListCursor extends PieceCursor {
  private final IdList bounds = new IdList(); // of each piece: its start and its end
  private int at;

  void clear() {
    bounds.clear();
  }

  void add(int from, int to) {
    bounds.add(from);
    bounds.add(to);
  }

  void copy(PieceListCursor other) {
    clear();
    bounds.reserve(other.bounds.count);
    System.arraycopy(other.bounds.values, 0, bounds.values, 0, other.bounds.count);
    bounds.count = other.bounds.count;
  }

  @Override
  void begin(byte[] bytes, int from, int to) {
    at = 0;
  }

  @Override
  public boolean next() {
    if (at == bounds.count) {
      return false;
    }
    start = bounds.values[at++];
    end = bounds.values[at++];
    return true;
  }
}
