package dev.remora.engine.split;

/** The pieces of a scanner. Of one thread at a time. */
final class ScannerCursor extends PieceCursor {
  private final Scanner scanner;
  private byte[] bytes = {};
  private int to;

  ScannerCursor(Scanner scanner) {
    this.scanner = scanner;
  }

  @Override
  void begin(byte[] text, int from, int textEnd) {
    bytes = text;
    end = from;
    to = textEnd;
  }

  @Override
  public boolean next() {
    if (end >= to) {
      return false;
    }
    start = end;
    end = scanner.end(bytes, start, to);
    return true;
  }
}
