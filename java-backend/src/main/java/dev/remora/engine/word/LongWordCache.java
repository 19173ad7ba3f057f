package dev.remora.engine.word;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.IdList;

/**
 * The ids of words of up to 64 bytes that were met before: of those that are too long for a {@link
 * WordCache} or have too many ids, as words of scripts without spaces have. Each slot holds length
 * and count, eight longs of text and up to 22 ids; a word that falls into a taken slot replaces
 * what is there. Begins small and grows to 640 kilobytes. Of one thread at a time.
 */
public final class LongWordCache {
  /** Bytes of the longest word that is kept. */
  public static final int MAX_LENGTH = 64;

  private static final int FIRST_BITS = 6;
  private static final int MAX_BITS = 12;
  private static final int MAX_IDS = 22;
  private static final int TEXT = 1;
  private static final int IDS = TEXT + MAX_LENGTH / 8;
  private static final int STRIDE = IDS + MAX_IDS / 2;

  private long[] slots = new long[STRIDE << FIRST_BITS];
  private int shift = 64 - FIRST_BITS;
  private int puts;

  /** Appends the ids of a word if they are known. */
  public boolean take(byte[] bytes, int from, int length, long hash, IdList target) {
    long[] table = slots;
    int at = (int) (hash >>> shift) * STRIDE;
    if (table[at] >>> 32 != length || !equals(table, at + TEXT, bytes, from, length)) {
      return false;
    }
    int count = (int) table[at];
    target.reserve(MAX_IDS);
    for (int index = 0; index < count; index += 2) {
      long two = table[at + IDS + index / 2];
      target.values[target.count + index] = (int) two;
      target.values[target.count + index + 1] = (int) (two >>> 32);
    }
    target.count += count;
    return true;
  }

  private static boolean equals(long[] table, int at, byte[] bytes, int from, int length) {
    int index = 0;
    for (; index + 8 <= length; index += 8) {
      if (table[at + index / 8] != Utf8.longAt(bytes, from + index)) {
        return false;
      }
    }
    return index == length || table[at + index / 8] == tail(bytes, from, length);
  }

  private static long tail(byte[] bytes, int from, int length) {
    return Utf8.longAt(bytes, from + (length & ~7)) & ((1L << (8 * (length & 7))) - 1);
  }

  /** Keeps the ids of a word, which end the list from {@code idsFrom} on. */
  public void put(byte[] bytes, int from, int length, long hash, IdList ids, int idsFrom) {
    int count = ids.count - idsFrom;
    if (count > MAX_IDS) {
      return;
    }
    if (++puts > slots.length / STRIDE / 2 && slots.length < STRIDE << MAX_BITS) {
      slots = new long[4 * slots.length]; // what was there comes again if it is frequent
      shift -= 2;
      puts = 0;
    }
    int at = (int) (hash >>> shift) * STRIDE;
    slots[at] = (long) length << 32 | count;
    for (int index = 0; index + 8 <= length; index += 8) {
      slots[at + TEXT + index / 8] = Utf8.longAt(bytes, from + index);
    }
    if ((length & 7) != 0) {
      slots[at + TEXT + length / 8] = tail(bytes, from, length);
    }
    for (int index = 0; index < count; index += 2) {
      long second = index + 1 < count ? ids.values[idsFrom + index + 1] : 0;
      slots[at + IDS + index / 2] = second << 32 | ids.values[idsFrom + index];
    }
  }
}
