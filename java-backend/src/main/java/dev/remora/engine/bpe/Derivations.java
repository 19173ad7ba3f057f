package dev.remora.engine.bpe;

import dev.remora.engine.word.TokenBytes;
import java.util.BitSet;

/**
 * Which merge makes each token, out of a list with several for most: the only ones that can ever be
 * applied. Of one thread at a time.
 *
 * <p>A token comes about in a word just as it does alone: what merges across its borders would not
 * leave it to come about, and all other merges are chosen in the same order. So one merge makes it,
 * the last of those that its own symbols lead to, and others with the same product are never
 * applied. The list is taken in its order: a merge is the one of its product if its parts are made
 * before it, and if they are also made side by side, which {@link #areMadeSideBySide} finds out. Of
 * a merge whose parts are not made before it nothing is known; it is kept.
 */
final class Derivations {
  private static final int LEFT = PairTable.BITS; // where in a merge the left part is
  private static final int RANK = 2 * LEFT;
  private static final long INITIAL = -1; // words begin as such symbols
  private static final long UNMADE = -2;
  private static final long BYTE = -3; // in place of characters that are not in the vocabulary

  private final PairTable pairs;
  private final long[] made; // of each token: rank, left and right part
  private boolean isKnown = true;

  /**
   * None yet.
   *
   * @param pairs receives the merges that can be applied
   * @param byteIds the tokens of bytes
   */
  Derivations(TokenBytes tokens, boolean byteLevel, int[] byteIds, PairTable pairs) {
    this.pairs = pairs;
    this.made = new long[tokens.bound()];
    for (int id = 0; id < made.length; id++) {
      made[id] = tokens.isSymbol(id) ? INITIAL : UNMADE;
    }
    for (int value = 0; value < byteIds.length && !byteLevel; value++) {
      made[byteIds[value]] = BYTE;
    }
  }

  /** Takes the next merge. */
  void add(int left, int right, int product) {
    long merge = made[product];
    if (merge == BYTE || made[left] == BYTE || made[right] == BYTE) {
      isKnown = false;
    } else if (merge >= 0) {
      isKnown &= left(merge) != left; // a pair that comes twice has the later rank
    } else if (made[left] == UNMADE || made[right] == UNMADE) {
      keep(left, right, product);
    } else if (areMadeSideBySide(left, right)) {
      made[product] = (long) pairs.count() << RANK | (long) left << LEFT | right;
      keep(left, right, product);
    }
  }

  private void keep(int left, int right, int product) {
    isKnown &= pairs.hasRoom() && pairs.rank(left, right) == PairTable.NONE;
    if (isKnown) {
      pairs.add(left, right, product);
    }
  }

  /**
   * Whether the symbols of two tokens, side by side, become these two. Goes back from the last
   * merge to the first: none may be later than one that the symbols at the border have by then.
   */
  private boolean areMadeSideBySide(int leftToken, int rightToken) {
    int left = leftToken;
    int right = rightToken;
    long makesLeft = made[left];
    long makesRight = made[right];
    while ((makesLeft & makesRight) >= 0) {
      int leftRank = rank(makesLeft);
      int rightRank = rank(makesRight);
      if (leftRank > rightRank) {
        left = right(makesLeft);
        if (pairs.rank(left, right) < leftRank) {
          return false;
        }
        makesLeft = made[left];
      } else {
        right = left(makesRight);
        if (pairs.rank(left, right) <= rightRank) { // of equal ranks the leftmost is first
          return false;
        }
        makesRight = made[right];
      }
    }
    return true;
  }

  /** Less than all others for a symbol that no merge makes. */
  private static int rank(long merge) {
    return (int) (merge >> RANK);
  }

  private static int left(long merge) {
    return (int) (merge >>> LEFT) & PairTable.MASK;
  }

  private static int right(long merge) {
    return (int) merge & PairTable.MASK;
  }

  /**
   * Whether no other merge than those kept can be applied. It is not sure for a list with a pair
   * twice, with merges of the tokens of bytes, or with more to keep than there is room for.
   */
  boolean areComplete() {
    return isKnown;
  }

  /** Tokens that their own symbols are known to become. */
  BitSet made() {
    BitSet tokens = new BitSet(made.length);
    for (int id = 0; id < made.length; id++) {
      tokens.set(id, made[id] >= INITIAL);
    }
    return tokens;
  }
}
