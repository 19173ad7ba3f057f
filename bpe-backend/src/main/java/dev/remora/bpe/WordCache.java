package dev.remora.bpe;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The ids of words of up to 15 bytes that were met before: each slot holds a key and up to four ids
 * in four longs, half a cache line; a word that falls into a taken slot replaces what is there.
 * Begins small and grows to two megabytes. Of one thread at a time.
 */
final class WordCache {
  private static final int FIRST_BITS = 9;
  private static final int MOST_BITS = 16;
  private static final int MOST_IDS = 4;
  private static final int ID_BITS = 24;
  private static final int ID = (1 << ID_BITS) - 1;

  private final long seed = ThreadLocalRandom.current().nextLong() | 1;
  private long[] slots = new long[4 << FIRST_BITS];
  private int shift = 64 - FIRST_BITS;
  private int puts;

  /** Appends the ids of a word if they are known. */
  boolean take(long low, long high, Ids target) {
    long[] table = slots;
    int at = (int) (WordKey.hash(low, high, seed) >>> shift) << 2;
    if (table[at] != low || table[at + 1] != high) {
      return false;
    }
    long first = table[at + 2];
    int count = (int) (first >>> (2 * ID_BITS));
    target.reserve(MOST_IDS);
    int[] ids = target.values;
    int end = target.count;
    ids[end] = (int) first & ID;
    if (count > 1) {
      ids[end + 1] = (int) (first >>> ID_BITS) & ID;
      ids[end + 2] = (int) table[at + 3] & ID;
      ids[end + 3] = (int) (table[at + 3] >>> ID_BITS) & ID;
    }
    target.count = end + count;
    return true;
  }

  /** Keeps the ids of a word, which end the list from {@code from} on. */
  void put(long low, long high, Ids ids, int from) {
    int count = ids.count - from;
    if (count < 1 || count > MOST_IDS) {
      return;
    }
    if (++puts > slots.length / 8 && slots.length < 4 << MOST_BITS) {
      grow();
    }
    int at = (int) (WordKey.hash(low, high, seed) >>> shift) << 2;
    slots[at] = low;
    slots[at + 1] = high;
    slots[at + 2] =
        (long) count << (2 * ID_BITS) | id(ids, from + 1, count > 1) << ID_BITS | ids.values[from];
    slots[at + 3] = id(ids, from + 3, count > 3) << ID_BITS | id(ids, from + 2, count > 2);
  }

  private static long id(Ids ids, int index, boolean isThere) {
    return isThere ? ids.values[index] : 0;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[4 * old.length];
    shift -= 2;
    for (int from = 0; from < old.length; from += 4) {
      if (old[from + 1] != 0) {
        int at = (int) (WordKey.hash(old[from], old[from + 1], seed) >>> shift) << 2;
        System.arraycopy(old, from, slots, at, 4);
      }
    }
  }
}
