package dev.remora.engine.bpe;

import dev.remora.core.text.SeededHash;

/**
 * Which pairs of symbols merge, in which order, into what. Open addressing in one array, each slot
 * of eight bytes: both symbols and the rank. Most pairs that are looked up do not merge; a bit for
 * each of many hashes, which together fit into a processor's cache, tells nearly all of those
 * apart. Thread-safe once filled.
 */
final class PairTable {
  /** Bits of a symbol or a rank, of which a slot holds three. */
  static final int BITS = 21;

  /** How many merges a table can hold. */
  static final int MAX_MERGES = (1 << BITS) - 1;

  /** How many symbols a table can hold: they are numbered from 0. */
  static final int MAX_SYMBOLS = (1 << BITS) - 1;

  /** The bits of one symbol or rank. */
  static final int MASK = (1 << BITS) - 1;

  /** In place of the rank of a pair that does not merge: higher than all. */
  static final int NONE = Integer.MAX_VALUE;

  private static final int MORE_FILTER_BITS = 2; // four hashes for each slot

  private final long[] slots; // 0 for none
  private final int shift;
  private final long[] filter;
  private final int[] products; // of each rank
  private int count;

  PairTable(int capacity) {
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(4, capacity + (long) capacity / 4));
    this.slots = new long[1 << bits];
    this.shift = 64 - bits;
    this.filter = new long[1 << Math.max(0, bits + MORE_FILTER_BITS - 6)];
    this.products = new int[capacity];
  }

  /**
   * Adds the merge of the next rank; one of the same pair that was added before is none any more.
   */
  void add(int left, int right, int product) {
    long key = key(left, right);
    long hash = SeededHash.of(left, right);
    int slot = (int) (hash >>> shift);
    while (slots[slot] != 0 && slots[slot] >>> BITS != key) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = key << BITS | count;
    int bit = bit(hash);
    filter[bit >>> 6] |= 1L << bit;
    products[count++] = product;
  }

  /** Whether one more can be added. */
  boolean hasRoom() {
    return count < products.length;
  }

  /** How many merges were added. */
  int count() {
    return count;
  }

  /** The rank of a pair; {@link #NONE} if it does not merge. */
  int rank(int left, int right) {
    long key = key(left, right);
    long hash = SeededHash.of(left, right);
    int bit = bit(hash);
    if ((filter[bit >>> 6] & (1L << bit)) == 0) {
      return NONE;
    }
    int slot = (int) (hash >>> shift);
    long found = slots[slot];
    while (found >>> BITS != key && found != 0) {
      slot = (slot + 1) & (slots.length - 1);
      found = slots[slot];
    }
    return found == 0 ? NONE : (int) found & MASK;
  }

  /** What the merge of a rank makes. */
  int product(int rank) {
    return products[rank];
  }

  /** Receives merges. */
  @FunctionalInterface
  interface Visitor {
    void merge(int left, int right, int rank);
  }

  /** Calls the visitor with each merge, in no order. */
  void forEach(Visitor visitor) {
    for (long found : slots) {
      if (found != 0) {
        long key = found >>> BITS;
        visitor.merge((int) (key >>> BITS) - 1, (int) key & MASK, (int) found & MASK);
      }
    }
  }

  /** Never 0. */
  private static long key(int left, int right) {
    return (left + 1L) << BITS | right;
  }

  private int bit(long hash) {
    return (int) (hash >>> (shift - MORE_FILTER_BITS));
  }
}
