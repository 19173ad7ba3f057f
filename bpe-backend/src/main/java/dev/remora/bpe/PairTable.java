package dev.remora.bpe;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which pairs of symbols merge, in which order, into what. Open addressing in one array of longs:
 * key and value side by side. Thread-safe once filled.
 *
 * <p>A value holds the rank in its upper half and the product in its lower, so that the lower of
 * two values is the merge that comes first.
 */
final class PairTable {
  /** The value of a pair that does not merge. */
  static final long NONE = Long.MAX_VALUE;

  private final long seed = ThreadLocalRandom.current().nextLong() | 1; // odd: loses no bit
  private final long[] slots;
  private final int shift;

  PairTable(int capacity) {
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(4, capacity + (long) capacity / 2));
    this.slots = new long[2 << bits];
    this.shift = 64 - bits;
    Arrays.fill(slots, NONE);
  }

  /** A later merge of the same pair replaces the earlier one. */
  void put(int left, int right, int rank, int product) {
    int slot = slot(key(left, right));
    slots[slot] = key(left, right);
    slots[slot + 1] = (long) rank << 32 | product;
  }

  /** The value of a pair; {@link #NONE} if it does not merge. */
  long get(int left, int right) {
    return slots[slot(key(left, right)) + 1];
  }

  private static long key(int left, int right) {
    return (long) left << 32 | right;
  }

  private int slot(long key) {
    long[] table = slots;
    int slot = (int) ((key * seed) >>> shift) << 1;
    long found = table[slot];
    while (found != key && found != NONE) {
      slot = (slot + 2) & (table.length - 1);
      found = table[slot];
    }
    return slot;
  }
}
