package dev.remora.engine.word;

import dev.remora.core.text.SeededHash;
import dev.remora.core.text.Utf8;

/** A word of at most 15 bytes as two longs: its bytes, and its length in the uppermost byte. */
public final class WordKey {
  /** Bytes of the longest word that has a key. */
  public static final int MAX_LENGTH = 15;

  /** Tells keys of one kind from those of another, if it is set in the upper half. */
  public static final long MARK = 1L << 62;

  private static final long[] LOW =
      new long[MAX_LENGTH + 1]; // of each length: its bits of eight bytes
  private static final long[] HIGH = new long[MAX_LENGTH + 1];

  static {
    for (int length = 0; length <= MAX_LENGTH; length++) {
      LOW[length] = mask(Math.min(length, 8));
      HIGH[length] = mask(Math.max(length - 8, 0));
    }
  }

  private WordKey() {}

  private static long mask(int bytes) {
    return bytes == 8 ? -1 : (1L << (8 * bytes)) - 1;
  }

  /** The first eight bytes; may read after the word. */
  public static long low(byte[] bytes, int from, int length) {
    return Utf8.longAt(bytes, from) & LOW[length];
  }

  /** The other bytes and the length; may read after the word. */
  public static long high(byte[] bytes, int from, int length) {
    return (long) length << 56 | (Utf8.longAt(bytes, from + 8) & HIGH[length]);
  }

  /** The hash of a key. */
  public static long hash(long low, long high) {
    return SeededHash.of(low, high);
  }

  /** The same for a word of any length; of one that has a key, that of the key. */
  public static long hash(byte[] bytes, int from, int length) {
    if (length <= MAX_LENGTH) {
      return hash(low(bytes, from, length), high(bytes, from, length));
    }
    long hash = length;
    int end = from + length - 8;
    for (int at = from; at < end; at += 8) {
      hash = hash(hash, Utf8.longAt(bytes, at));
    }
    return hash(hash, Utf8.longAt(bytes, end));
  }
}
