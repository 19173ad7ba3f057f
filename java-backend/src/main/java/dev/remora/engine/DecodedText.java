package dev.remora.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a text that is being decoded. Of one call. */
final class DecodedText {
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private byte[] bytes;
  private int length;
  private int runStart = -1; // where the bytes by fallback begin that are not closed yet

  DecodedText(int tokens) {
    this.bytes = new byte[(int) Math.min(LONGEST, Utf8.PADDING + 6L * tokens)];
  }

  /** Adds a range of an array that is readable behind it. */
  void add(byte[] source, int from, int to) {
    if (runStart >= 0) {
      endRun();
    }
    int count = to - from;
    if (count <= Utf8.PADDING && bytes.length - length >= Utf8.PADDING) {
      Utf8.copyPadding(source, from, bytes, length); // what is too much is written over
      length += count;
    } else {
      append(source, from, to);
    }
  }

  private void append(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  /** Adds a byte by fallback. */
  void addToRun(byte value) {
    runStart = runStart < 0 ? length : runStart;
    reserve(1);
    bytes[length++] = value;
  }

  /** A run of bytes that is no UTF-8 becomes one replacement character for each byte. */
  private void endRun() {
    int count = length - runStart;
    if (!Utf8.isWellFormed(bytes, runStart, length)) {
      length = runStart;
      for (int left = count; left > 0; left--) {
        append(REPLACEMENT, 0, REPLACEMENT.length);
      }
    }
    runStart = -1;
  }

  /** The text without some of the spaces that it begins with. */
  String finish(int strip) {
    if (runStart >= 0) {
      endRun();
    }
    int from = 0;
    while (from < strip && from < length && bytes[from] == ' ') {
      from++;
    }
    return LossyUtf8.decode(bytes, from, length);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      long wanted = Math.max(length + (long) more, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(LONGEST, wanted));
    }
  }
}
