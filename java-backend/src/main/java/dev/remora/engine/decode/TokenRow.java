package dev.remora.engine.decode;

import dev.remora.LimitException;
import dev.remora.core.text.Utf8;
import java.util.Arrays;

/** Tokens one after the other, in UTF-8. Of one thread at a time. */
final class TokenRow {
  /** Many times what a model makes; some decoders lengthen tokens without end. */
  private static final int MAX_BYTES = 1 << 27;

  byte[] bytes = new byte[1 << 8];
  int count;

  private int[] ends = new int[1 << 6];
  private int length;

  void clear() {
    count = 0;
    length = 0;
  }

  /** Where a token begins. */
  int from(int token) {
    return token == 0 ? 0 : ends[token - 1];
  }

  /** Where it ends. */
  int to(int token) {
    return ends[token];
  }

  int length() {
    return length;
  }

  /** Adds a part of the next token. */
  void append(byte[] source, int from, int to) {
    long needed = (long) length + to - from;
    if (needed > MAX_BYTES) {
      throw new LimitException(null, "bytes of decoded tokens", MAX_BYTES, needed);
    }
    if (needed + Utf8.PADDING > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, 2 * needed) + Utf8.PADDING);
    }
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  void append(byte[] source) {
    append(source, 0, source.length);
  }

  /** Ends the token whose parts were added. */
  void endToken() {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count++] = length;
  }

  /** Adds a token of another row. */
  void add(TokenRow other, int token) {
    append(other.bytes, other.from(token), other.to(token));
    endToken();
  }

  /** Whether some bytes stand at a place, and end at another at the latest. */
  boolean hasAt(int from, int end, byte[] sought) {
    return end - from >= sought.length
        && Arrays.equals(bytes, from, from + sought.length, sought, 0, sought.length);
  }

  boolean equals(int token, int other) {
    return Arrays.equals(bytes, from(token), to(token), bytes, from(other), to(other));
  }
}
