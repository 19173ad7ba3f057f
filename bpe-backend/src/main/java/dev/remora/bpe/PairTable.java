package dev.remora.bpe;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Which pairs of symbols merge, in which order, into what. Open addressing in one array of longs:
 * key and value side by side. Most pairs that are looked up do not merge; a bit for each of many
 * hashes, which together fit into a processor's cache, tells nearly all of those. Thread-safe once
 * filled.
 *
 * <p>A value holds the rank in its upper half and the product in its lower, so that the lower of
 * two values is the merge that comes first.
 */
final class PairTable {
  /** The most merges that a table can hold. */
  static final int MOST = (1 << 24) - 1;

  /** The value of a pair that does not merge. */
  static final long NONE = Long.MAX_VALUE;

  private static final int MORE_FILTER_BITS = 2; // four hashes for each slot

  private final long seed = ThreadLocalRandom.current().nextLong() | 1; // odd: loses no bit
  private final long[] slots; // key and value; 0 for none
  private final int shift;
  private final long[] filter;

  PairTable(int capacity) {
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(4, capacity + (long) capacity / 2));
    this.slots = new long[2 << bits];
    this.shift = 64 - bits;
    this.filter = new long[1 << Math.max(0, bits + MORE_FILTER_BITS - 6)];
  }

  /** A later merge of the same pair replaces the earlier one. */
  void put(int left, int right, int rank, int product) {
    long key = key(left, right);
    long hash = hash(key);
    int slot = slot(key, hash);
    slots[slot] = key;
    slots[slot + 1] = (long) rank << 32 | product;
    int bit = bit(hash);
    filter[bit >>> 6] |= 1L << bit;
  }

  /** The value of a pair; {@link #NONE} if it does not merge. */
  long get(int left, int right) {
    long key = key(left, right);
    long hash = hash(key);
    int bit = bit(hash);
    if ((filter[bit >>> 6] & (1L << bit)) == 0) {
      return NONE;
    }
    int slot = slot(key, hash);
    return slots[slot] == 0 ? NONE : slots[slot + 1];
  }

  /** Receives merges. */
  @FunctionalInterface
  interface Visitor {
    void merge(int left, int right, int rank);
  }

  /** Calls the visitor with each merge, in no order. */
  void forEach(Visitor visitor) {
    for (int slot = 0; slot < slots.length; slot += 2) {
      long key = slots[slot];
      if (key != 0) {
        visitor.merge((int) (key >>> 32) - 1, (int) key, (int) (slots[slot + 1] >>> 32));
      }
    }
  }

  /** Never 0. */
  private static long key(int left, int right) {
    return (left + 1L) << 32 | right;
  }

  private long hash(long key) {
    long hash = key * seed;
    return (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L; // ids are dense: one product clusters
  }

  private int bit(long hash) {
    return (int) (hash >>> (shift - MORE_FILTER_BITS));
  }

  private int slot(long key, long hash) {
    long[] table = slots;
    int slot = (int) (hash >>> shift) << 1;
    long found = table[slot];
    while (found != key && found != 0) {
      slot = (slot + 2) & (table.length - 1);
      found = table[slot];
    }
    return slot;
  }
}
