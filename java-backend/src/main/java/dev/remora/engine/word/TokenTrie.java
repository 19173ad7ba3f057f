package dev.remora.engine.word;

import dev.remora.core.guard.BuildGuard;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.function.IntPredicate;

/**
 * The tokens of a vocabulary as a double-array trie over their UTF-8: the child of a node by a byte
 * is at the node's base, that byte exclusive-or'ed; each slot says which byte leads there, its own
 * base, and the id of the token that ends there. No two nodes have one base, so the byte tells
 * whether a slot is a node's child; base 0 is that of all nodes without children. Of equal tokens
 * the last counts. What names a node is what its slot holds, so that going on reads one slot.
 * Thread-safe once made.
 */
public final class TokenTrie {
  /** In place of an id: there is none. */
  public static final int NONE = -1;

  /** In place of a node: no token goes on so. */
  public static final long NOWHERE = 0; // a slot that is some node's child has a flag

  static final int ROOT = 0; // the slot

  static final int CHILD = 1 << 8; // flag: the slot is some node's child
  static final int BASE_SHIFT = 9;
  static final int ID_SHIFT = 39; // of the id plus one
  private static final int BASE = (1 << (ID_SHIFT - BASE_SHIFT)) - 1;

  private final long[] slots;
  private final int longest;

  /**
   * The trie of a model's tokens.
   *
   * @param guard ends it early
   */
  public TokenTrie(Vocabulary vocabulary, BuildGuard guard) {
    this(vocabulary, id -> true, guard);
  }

  /**
   * The trie of some of a model's tokens.
   *
   * @param isTaken whether the token of an id is one of them
   * @param guard ends it early
   */
  public TokenTrie(Vocabulary vocabulary, IntPredicate isTaken, BuildGuard guard) {
    TokenTrieBuilder builder = new TokenTrieBuilder(vocabulary, isTaken, guard);
    this.slots = builder.build();
    this.longest = builder.longest();
  }

  /** Where every token begins. */
  public long root() {
    return slots[ROOT];
  }

  /** The node to which a byte leads from another; {@link #NOWHERE} if no token goes on so. */
  public long next(long node, byte sign) {
    int label = sign & 0xFF;
    long child = slots[((int) (node >>> BASE_SHIFT) & BASE) ^ label];
    return ((int) child & (CHILD | 0xFF)) == (CHILD | label) ? child : NOWHERE;
  }

  /** The id of the token that ends at a node; {@link #NONE} if none does. */
  public static int idAt(long node) {
    return (int) (node >>> ID_SHIFT) - 1;
  }

  /** The node that some bytes lead to from another; {@link #NOWHERE} if no token goes on so. */
  public long next(long node, byte[] bytes, int from, int to) {
    long reached = node;
    for (int at = from; at < to && reached != NOWHERE; at++) {
      reached = next(reached, bytes[at]);
    }
    return reached;
  }

  /** The id of a token; {@link #NONE} if it is none. */
  public int idOf(byte[] bytes, int from, int to) {
    return idAt(next(root(), bytes, from, to));
  }

  /** Bytes of the longest token. */
  public int longest() {
    return longest;
  }
}
