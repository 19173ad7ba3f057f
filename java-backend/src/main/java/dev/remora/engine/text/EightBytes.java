package dev.remora.engine.text;

import dev.remora.core.text.Utf8;

/**
 * Eight bytes of a text at a time, read as one number. What reads so may read after the text, as
 * far as {@link Utf8#PADDING}.
 */
public final class EightBytes {
  /** The lowest bit of each byte. */
  public static final long EACH = 0x0101010101010101L;

  /** The highest bit of each byte, which ASCII does not have. */
  public static final long HIGHEST = EACH << 7;

  private static final long BOTH_CASES = ('a' ^ 'A') * EACH;

  private EightBytes() {}

  /** Whether a range is ASCII, and the few bytes after it that are read with it. */
  public static boolean areAscii(byte[] bytes, int from, int to) {
    long all = 0;
    for (int at = from; at < to; at += 8) {
      all |= Utf8.longAt(bytes, at);
    }
    return (all & HIGHEST) == 0;
  }

  /** Where a byte is next in a range; {@code to} if it is not there. */
  public static int find(byte sought, byte[] bytes, int from, int to) {
    long pattern = (sought & 0xFF) * EACH;
    for (int at = from; at < to; at += 8) {
      long found = zeros(Utf8.longAt(bytes, at) ^ pattern);
      if (found != 0) {
        return Math.min(at + Long.numberOfTrailingZeros(found) / 8, to);
      }
    }
    return to;
  }

  /** Where one of two bytes is next in a range; {@code to} if none is there. */
  public static int findEither(byte one, byte other, byte[] bytes, int from, int to) {
    long first = (one & 0xFF) * EACH;
    long second = (other & 0xFF) * EACH;
    for (int at = from; at < to; at += 8) {
      long eight = Utf8.longAt(bytes, at);
      long found = zeros(eight ^ first) | zeros(eight ^ second);
      if (found != 0) {
        return Math.min(at + Long.numberOfTrailingZeros(found) / 8, to);
      }
    }
    return to;
  }

  /** A bit for each byte that is 0; above the lowest of them, others too. */
  private static long zeros(long bytes) {
    return (bytes - EACH) & ~bytes & HIGHEST;
  }

  /** The end of {@code [a-z]*}. */
  public static int endOfSmallLetters(byte[] bytes, int from, int to) {
    return endOfLetters(bytes, from, to, 0);
  }

  /** The end of {@code [a-zA-Z]*}. */
  public static int endOfLetters(byte[] bytes, int from, int to) {
    return endOfLetters(bytes, from, to, BOTH_CASES);
  }

  /** Of each byte, the highest bit tells what it is. */
  private static int endOfLetters(byte[] bytes, int from, int to, long ignoredBits) {
    for (int at = from; at < to; at += 8) {
      long eight = Utf8.longAt(bytes, at);
      long signs = (eight | ignoredBits) & ~HIGHEST;
      long fromA = signs + (0x80 - 'a') * EACH;
      long afterZ = signs + (0x80 - 'z' - 1) * EACH;
      long others = (eight | ~fromA | afterZ) & HIGHEST;
      if (others != 0) {
        return Math.min(at + Long.numberOfTrailingZeros(others) / 8, to);
      }
    }
    return to;
  }
}
