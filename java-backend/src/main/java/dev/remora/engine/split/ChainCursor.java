package dev.remora.engine.split;

/** The pieces that one cursor cuts out of those of another. Of one thread at a time. */
final class ChainCursor extends PieceCursor {
  private final PieceCursor outer;
  private final PieceCursor inner;
  private byte[] bytes = {};
  private boolean isOpen;

  ChainCursor(PieceCursor outer, PieceCursor inner) {
    this.outer = outer;
    this.inner = inner;
  }

  @Override
  void begin(byte[] text, int from, int to) {
    bytes = text;
    isOpen = false;
    outer.begin(text, from, to);
  }

  @Override
  public boolean next() {
    while (!isOpen || !inner.next()) {
      if (!outer.next()) {
        isOpen = false;
        return false;
      }
      inner.begin(bytes, outer.start, outer.end);
      isOpen = true;
    }
    start = inner.start;
    end = inner.end;
    return true;
  }
}
