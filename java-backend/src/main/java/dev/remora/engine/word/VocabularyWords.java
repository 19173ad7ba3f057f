package dev.remora.engine.word;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The vocabulary by the bytes of text that each token stands for. A slot is four bytes: a few bits
 * of the hash, which tell nearly all other words, and the id, at whose place the bytes are.
 *
 * <p>Thread-safe once made.
 */
public final class VocabularyWords {
  private static final int ID_BITS = 24;
  private static final int ID = (1 << ID_BITS) - 1;

  private final TokenBytes tokens;
  private final int[] slots; // open addressing: an odd byte of the hash, then the id; 0 for none
  private final int shift;
  private final BitSet made;

  /**
   * Takes the tokens.
   *
   * @param made those that merges are known to make of their bytes
   */
  public VocabularyWords(TokenBytes tokens, BitSet made) {
    this.tokens = tokens;
    this.made = made;
    int bits = 65 - Long.numberOfLeadingZeros(Math.max(4, tokens.bound())); // at most half full
    this.slots = new int[1 << bits];
    this.shift = 64 - bits;
    for (int id = 0; id < tokens.bound(); id++) {
      if (!tokens.isUnreachable(id)) {
        put(id);
      }
    }
  }

  private void put(int id) {
    long hash = WordKey.hash(tokens.pool, tokens.starts[id], tokens.length(id));
    int slot = (int) (hash >>> shift);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = mark(hash) << ID_BITS | id;
  }

  private int mark(long hash) {
    return ((int) (hash >>> (shift - 8)) & 0xFF) | 1;
  }

  /** The id of a word that has a key; -1 if there is none. */
  public int find(long low, long high, long hash) {
    int mark = mark(hash);
    int slot = (int) (hash >>> shift);
    for (int found = slots[slot]; found != 0; found = slots[slot]) {
      if (found >>> ID_BITS == mark && is(found & ID, low, high)) {
        return found & ID;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  /**
   * Reads what {@link #find} will need for the missing words of a block: each loop reads in many
   * places that do not wait for each other.
   */
  public void fetch(WordBlock block) {
    int count = block.missingCount;
    int[] candidates = block.candidates;
    long fetched = 0;
    for (int index = 0; index < count; index++) {
      long hash = block.hashes[block.missing[index]];
      candidates[index] = slots[(int) (hash >>> shift)] & ID;
    }
    for (int index = 0; index < count; index++) {
      int id = candidates[index];
      candidates[index] = tokens.starts[id];
    }
    for (int index = 0; index < count; index++) {
      fetched += tokens.pool[candidates[index]];
    }
    block.fetched = fetched;
  }

  private boolean is(int id, long low, long high) {
    int start = tokens.starts[id];
    int length = tokens.starts[id + 1] - start;
    return length == (int) (high >>> 56)
        && WordKey.low(tokens.pool, start, length) == low
        && WordKey.high(tokens.pool, start, length) == high;
  }

  /** The id of any word; -1 if there is none. The array must be readable after the word. */
  public int idOf(byte[] bytes, int from, int length) {
    return idOf(bytes, from, length, WordKey.hash(bytes, from, length));
  }

  /** The same for a word whose hash is known. */
  public int idOf(byte[] bytes, int from, int length, long hash) {
    int mark = mark(hash);
    int slot = (int) (hash >>> shift);
    for (int found = slots[slot]; found != 0; found = slots[slot]) {
      int id = found & ID;
      if (found >>> ID_BITS == mark
          && Arrays.equals(
              tokens.pool, tokens.starts[id], tokens.starts[id + 1], bytes, from, from + length)) {
        return id;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  /** Whether merges are known to make this token of its bytes. */
  public boolean isMade(int id) {
    return made.get(id);
  }
}
