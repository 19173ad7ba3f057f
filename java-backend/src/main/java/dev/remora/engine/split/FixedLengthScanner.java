package dev.remora.engine.split;

import dev.remora.core.text.Utf8;

/** Cuts after so many characters. Thread-safe. */
final class FixedLengthScanner extends Scanner {
  private final int length;

  FixedLengthScanner(int length) {
    this.length = length;
  }

  @Override
  public int end(byte[] bytes, int from, int to) {
    int at = from;
    for (int left = length; left > 0 && at < to; left--) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }
}
