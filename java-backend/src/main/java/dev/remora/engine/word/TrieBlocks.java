package dev.remora.engine.word;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Which slots of a {@link TokenTrie} are free while it is built, in blocks of 256: the children of
 * a node are in one block. The places of a node's base are all looked at together, as sets of bits.
 *
 * <p>Nodes of about as many children share blocks. A block that has no place for one of them is
 * given to those of fewer children; so each is left nine times at most, and all takes linear time.
 * A block that is left by nodes of one child is at least half full. Of one thread at a time.
 */
final class TrieBlocks {
  /** Slots of a block. */
  static final int SIZE = 1 << 8;

  private static final int WORD_BITS = 6;
  private static final int WORDS = SIZE >> WORD_BITS; // of a set of places in a block

  /** The lower of the groups of 1, 2, 4, … bits in a word that change places with each other. */
  private static final long[] LOWER_HALVES = {
    0x5555_5555_5555_5555L,
    0x3333_3333_3333_3333L,
    0x0F0F_0F0F_0F0F_0F0FL,
    0x00FF_00FF_00FF_00FFL,
    0x0000_FFFF_0000_FFFFL,
    0x0000_0000_FFFF_FFFFL
  };

  /** By the nodes that may still find a place there: up to which power of two children. */
  private final List<Deque<Integer>> blocks = new ArrayList<>();

  private long[] freeSlots = new long[4 * WORDS];
  private long[] freeBases = new long[4 * WORDS]; // no two nodes have the same
  private final long[] places = new long[WORDS];
  private int count; // of blocks

  /** One block, in which the root has a slot, and the base of nodes without children. */
  TrieBlocks() {
    for (int kind = 0; kind <= Byte.SIZE; kind++) {
      blocks.add(new ArrayDeque<>());
    }
    blocks.get(Byte.SIZE).push(newBlock());
    freeSlots[0] &= ~1L;
    freeBases[0] &= ~1L;
  }

  /** How many slots the blocks have. */
  int end() {
    return count * SIZE;
  }

  /** Takes a base for a node with children by these bytes, and their slots. */
  int take(int[] labels, int labelCount) {
    int base = find(labels, labelCount);
    freeBases[base >> WORD_BITS] &= ~(1L << base);
    for (int index = 0; index < labelCount; index++) {
      int slot = base ^ labels[index];
      freeSlots[slot >> WORD_BITS] &= ~(1L << slot);
    }
    return base;
  }

  private int find(int[] labels, int labelCount) {
    int kind = Integer.SIZE - Integer.numberOfLeadingZeros(labelCount - 1);
    Deque<Integer> candidates = blocks.get(kind);
    while (!candidates.isEmpty()) {
      int base = baseIn(candidates.peek(), labels, labelCount);
      if (base >= 0) {
        return base;
      }
      int block = candidates.pop();
      if (kind > 0) {
        blocks.get(kind - 1).push(block);
      }
    }
    int block = newBlock();
    candidates.push(block);
    return baseIn(block, labels, labelCount);
  }

  private int newBlock() {
    int end = (count + 1) * WORDS;
    if (end > freeSlots.length) {
      freeSlots = Arrays.copyOf(freeSlots, 2 * freeSlots.length);
      freeBases = Arrays.copyOf(freeBases, 2 * freeBases.length);
    }
    Arrays.fill(freeSlots, end - WORDS, end, -1);
    Arrays.fill(freeBases, end - WORDS, end, -1);
    return count++;
  }

  /** A base in a block at which all children have a free slot; -1 if there is none. */
  private int baseIn(int block, int[] labels, int labelCount) {
    int first = block * WORDS;
    System.arraycopy(freeBases, first, places, 0, WORDS);
    for (int index = 0; index < labelCount; index++) {
      int label = labels[index];
      for (int word = 0; word < WORDS; word++) {
        places[word] &= exchanged(freeSlots[first + (word ^ label >> WORD_BITS)], label);
      }
    }
    for (int word = 0; word < WORDS; word++) {
      if (places[word] != 0) {
        return (first + word) * Long.SIZE + Long.numberOfTrailingZeros(places[word]);
      }
    }
    return -1;
  }

  /** A word whose bit i is the bit of {@code bits} at i exclusive-or the label's lowest bits. */
  private static long exchanged(long bits, int label) {
    long result = bits;
    for (int bit = 0; bit < WORD_BITS; bit++) {
      if ((label >> bit & 1) != 0) {
        long lower = LOWER_HALVES[bit];
        int distance = 1 << bit;
        result = (result & lower) << distance | (result >>> distance & lower);
      }
    }
    return result;
  }
}
