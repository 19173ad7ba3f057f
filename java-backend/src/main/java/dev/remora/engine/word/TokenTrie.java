package dev.remora.engine.word;

import dev.remora.core.guard.BuildGuard;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.function.IntPredicate;

/**
 * The tokens of a vocabulary as a double-array trie over their UTF-8: the child of a node by a byte
 * is at the node's base, that byte exclusive-or'ed; each slot says which byte leads there, its own
 * base, and the id of the token that ends there. No two nodes have one base, so the byte tells
 * whether a slot is a node's child; base 0 is that of all nodes without children. Of equal tokens
 * the last counts. Thread-safe once made.
 */
public final class TokenTrie {
  /** Where every token begins. */
  public static final int ROOT = 0;

  /** In place of a node or an id: there is none. */
  public static final int NONE = -1;

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

  /** The node to which a byte leads from another; {@link #NONE} if no token goes on so. */
  public int next(int node, byte sign) {
    int label = sign & 0xFF;
    int child = ((int) (slots[node] >>> BASE_SHIFT) & BASE) ^ label;
    return ((int) slots[child] & (CHILD | 0xFF)) == (CHILD | label) ? child : NONE;
  }

  /** The id of the token that ends at a node; {@link #NONE} if none does. */
  public int idAt(int node) {
    return (int) (slots[node] >>> ID_SHIFT) - 1;
  }

  /** The node that some bytes lead to from the root; {@link #NONE} if no token begins with them. */
  public int nodeOf(byte[] bytes, int from, int to) {
    int node = ROOT;
    for (int at = from; at < to && node != NONE; at++) {
      node = next(node, bytes[at]);
    }
    return node;
  }

  /** The id of a token; {@link #NONE} if it is none. */
  public int idOf(byte[] bytes, int from, int to) {
    int node = nodeOf(bytes, from, to);
    return node == NONE ? NONE : idAt(node);
  }

  /** Bytes of the longest token. */
  public int longest() {
    return longest;
  }
}
