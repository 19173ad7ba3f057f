package dev.remora.bpe;

/** A word of at most 15 bytes as two longs: its bytes, and its length in the uppermost byte. */
final class WordKey {
  /** The most bytes of a word that has a key. */
  static final int MOST = 15;

  private WordKey() {}

  /** The first eight bytes; may read behind the word. */
  static long low(byte[] bytes, int from, int length) {
    long low = Utf8.longAt(bytes, from);
    return length >= 8 ? low : low & mask(length);
  }

  /** The other bytes and the length; may read behind the word. */
  static long high(byte[] bytes, int from, int length) {
    long sized = (long) length << 56;
    return length <= 8 ? sized : sized | (Utf8.longAt(bytes, from + 8) & mask(length - 8));
  }

  private static long mask(int length) {
    return (1L << (8 * length)) - 1;
  }

  /** A hash whose upper bits are good. */
  static long hash(long low, long high, long seed) {
    long mixed = (low ^ Long.rotateLeft(high, 29) * 0x9E3779B97F4A7C15L) * seed;
    return (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
  }
}
