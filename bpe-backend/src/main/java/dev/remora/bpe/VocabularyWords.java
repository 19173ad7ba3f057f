package dev.remora.bpe;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The vocabulary by the bytes of text that each token stands for. Words of up to 15 bytes are found
 * by two longs, longer ones by comparing bytes.
 *
 * <p>Thread-safe once filled. What is noted later, whether merges reach a token, is the same
 * whoever finds it out, so that a race costs time only.
 */
final class VocabularyWords {
  private static final byte REACHED = 1;
  private static final byte NOT_REACHED = 2;

  private final long seed = ThreadLocalRandom.current().nextLong() | 1;
  private final long[] keys; // two of each slot; the second is never 0 where one stands
  private final int[] ids;
  private final byte[] reached;
  private final int shift;
  private byte[] pool = new byte[1 << 12]; // of the longer words
  private int pooled;
  private final int[] longWords; // start, length and id of each; open addressing; length 0: none

  VocabularyWords(int shortCount, int longCount) {
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(4, shortCount + (long) shortCount / 2));
    this.keys = new long[2 << bits];
    this.ids = new int[1 << bits];
    this.reached = new byte[1 << bits];
    this.shift = 64 - bits;
    this.longWords = new int[4 * (Integer.highestOneBit(Math.max(4, 2 * longCount)) << 1)];
  }

  /** Adds a word; of equal ones the last counts. The array must be readable behind the word. */
  void put(byte[] bytes, int from, int length, int id) {
    if (length <= WordKey.MOST) {
      long low = WordKey.low(bytes, from, length);
      long high = WordKey.high(bytes, from, length);
      int slot = slot(low, high);
      keys[2 * slot] = low;
      keys[2 * slot + 1] = high;
      ids[slot] = id;
      return;
    }
    if (pooled + length > pool.length) {
      pool = Arrays.copyOf(pool, Math.max(pooled + length, 2 * pool.length));
    }
    int at = longSlot(bytes, from, length);
    System.arraycopy(bytes, from, pool, pooled, length);
    longWords[at] = pooled;
    longWords[at + 1] = length;
    longWords[at + 2] = id;
    pooled += length;
  }

  /** The slot of a short word; -1 if there is none. */
  int find(long low, long high) {
    int slot = slot(low, high);
    return keys[2 * slot + 1] == 0 ? -1 : slot;
  }

  /** The id of the word in a slot. */
  int id(int slot) {
    return ids[slot];
  }

  /** Whether merges are known to make this one token of the word. */
  boolean isReached(int slot) {
    return reached[slot] == REACHED;
  }

  /** Notes whether they do. */
  void note(int slot, boolean isReached) {
    reached[slot] = isReached ? REACHED : NOT_REACHED;
  }

  /** The id of any word; -1 if there is none. The array must be readable behind the word. */
  int idOf(byte[] bytes, int from, int length) {
    if (length <= WordKey.MOST) {
      int slot = find(WordKey.low(bytes, from, length), WordKey.high(bytes, from, length));
      return slot < 0 ? -1 : ids[slot];
    }
    int at = longSlot(bytes, from, length);
    return longWords[at + 1] == 0 ? -1 : longWords[at + 2];
  }

  private int slot(long low, long high) {
    long[] table = keys;
    int slot = (int) (WordKey.hash(low, high, seed) >>> shift);
    while (table[2 * slot + 1] != 0 && (table[2 * slot + 1] != high || table[2 * slot] != low)) {
      slot = (slot + 1) & (ids.length - 1);
    }
    return slot;
  }

  private int longSlot(byte[] bytes, int from, int length) {
    long hash = seed ^ length;
    for (int at = from; at < from + length - 8; at += 8) {
      hash = WordKey.hash(hash, Utf8.longAt(bytes, at), seed);
    }
    hash = WordKey.hash(hash, Utf8.longAt(bytes, from + length - 8), seed);
    int at = (4 * (int) (hash >>> 40)) & (longWords.length - 1);
    while (longWords[at + 1] != 0
        && !Arrays.equals(
            pool, longWords[at], longWords[at] + longWords[at + 1], bytes, from, from + length)) {
      at = (at + 4) & (longWords.length - 1);
    }
    return at;
  }
}
