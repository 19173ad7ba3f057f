package dev.remora.engine.word;

import dev.remora.engine.text.IdList;

/**
 * The ids of words of up to 15 bytes that were met before: each slot holds a key and up to four ids
 * in four longs, half a cache line; a word that falls into a taken slot replaces what is there.
 * Begins small and grows to two megabytes. Of one thread at a time.
 */
public final class WordCache {
  private static final int FIRST_BITS = 9;
  private static final int MAX_BITS = 16;

  /** How many ids a word has at most that is kept. */
  static final int MAX_IDS = 4;

  private static final int ID_BITS = 24;
  private static final int ID = (1 << ID_BITS) - 1;

  private long[] slots = new long[4 << FIRST_BITS];
  private int shift = 64 - FIRST_BITS;
  private int puts;

  /** Where a key of this hash is, if it is there. */
  private int slot(long hash) {
    return (int) (hash >>> shift) << 2;
  }

  /** Appends the ids of a word if they are known. */
  public boolean take(long low, long high, long hash, IdList target) {
    int at = slot(hash);
    if (slots[at] != low || slots[at + 1] != high) {
      return false;
    }
    target.reserve(MAX_IDS);
    target.count = copy(slots, at, target.values, target.count);
    return true;
  }

  /**
   * Appends the ids of the words of a block as far as they are known.
   *
   * @param from the first of the words
   * @return the word that is not known; their count if all are
   */
  public int take(WordBlock block, int from, IdList target) {
    int count = block.count;
    target.reserve(MAX_IDS * (count - from));
    long[] table = slots;
    int[] ids = target.values;
    int end = target.count;
    int index = from;
    for (; index < count; index++) {
      int at = slot(block.hashes[index]);
      if (table[at] != block.lows[index] || table[at + 1] != block.highs[index]) {
        break;
      }
      end = copy(table, at, ids, end);
      block.idEnds[index] = end;
    }
    target.count = end;
    return index;
  }

  /** Writes the ids of a slot, and up to three more numbers; gives where the ids end. */
  private static int copy(long[] table, int at, int[] ids, int end) {
    long first = table[at + 2];
    int count = (int) (first >>> (2 * ID_BITS));
    ids[end] = (int) first & ID;
    if (count > 1) {
      ids[end + 1] = (int) (first >>> ID_BITS) & ID;
      ids[end + 2] = (int) table[at + 3] & ID;
      ids[end + 3] = (int) (table[at + 3] >>> ID_BITS) & ID;
    }
    return end + count;
  }

  /** Notes which words of a block, from one on, are not here, as far as half a key tells. */
  public void findMissing(WordBlock block, int from) {
    long[] table = slots;
    int count = 0;
    for (int index = from; index < block.count; index++) {
      block.missing[count] = index;
      count += table[slot(block.hashes[index])] == block.lows[index] ? 0 : 1;
    }
    block.missingCount = count;
  }

  /** Keeps the ids of a word, which end the list from {@code from} on. */
  public void put(long low, long high, long hash, IdList ids, int from) {
    int count = ids.count - from;
    if (count < 1 || count > MAX_IDS) {
      return;
    }
    if (++puts > slots.length / 8 && slots.length < 4 << MAX_BITS) {
      grow();
    }
    int at = slot(hash);
    slots[at] = low;
    slots[at + 1] = high;
    slots[at + 2] =
        (long) count << (2 * ID_BITS) | id(ids, from + 1, count > 1) << ID_BITS | ids.values[from];
    slots[at + 3] = id(ids, from + 3, count > 3) << ID_BITS | id(ids, from + 2, count > 2);
  }

  private static long id(IdList ids, int index, boolean isThere) {
    return isThere ? ids.values[index] : 0;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[4 * old.length];
    shift -= 2;
    for (int from = 0; from < old.length; from += 4) {
      if (old[from + 1] != 0) {
        int at = slot(WordKey.hash(old[from], old[from + 1]));
        System.arraycopy(old, from, slots, at, 4);
      }
    }
  }
}
