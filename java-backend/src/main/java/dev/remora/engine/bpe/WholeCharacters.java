package dev.remora.engine.bpe;

import dev.remora.core.text.Utf8;
import dev.remora.engine.word.TokenBytes;
import dev.remora.engine.word.VocabularyWords;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The characters of two or three bytes that a word may begin with as one symbol instead of as their
 * bytes: those whose bytes merge into one token before anything else can happen to them.
 *
 * <p>Let M be the highest of the ranks that make a character of its bytes. It is whole if every
 * merge that could come between has a higher rank: those of the token itself; those of a beginning
 * of the character, as the right part, with what may come before; those of an ending, as the left
 * part, with what may come after. While bytes of the character are apart, a merge of rank M or
 * lower is to be applied among them, so none of those can be next; and the others are the same
 * whether the bytes are apart or not. Thread-safe.
 */
final class WholeCharacters {
  private static final int NEVER = Integer.MAX_VALUE;

  private final TokenBytes tokens;
  private final PairTable pairs;
  private final int[] byteIds;
  private final int[] ofToken; // of each id: the lowest rank of a merge that it is part of
  private final int[] ofBeginning; // after a byte that is not ASCII; what begins a character
  private final int[] ofEnding; // before a byte that begins a character; what ends one
  private final BitSet parts = new BitSet(); // ids of characters, whole or not, which are few
  private final int[] symbols = new int[1 << 16]; // of each code point: id + 1; 0: not whole

  WholeCharacters(TokenBytes tokens, VocabularyWords words, PairTable pairs, int[] byteIds) {
    this.tokens = tokens;
    this.pairs = pairs;
    this.byteIds = byteIds;
    this.ofToken = ranks();
    this.ofBeginning = ranks();
    this.ofEnding = ranks();
    for (int id = 0; id < tokens.bound(); id++) {
      parts.set(id, tokens.length(id) <= 3 && tokens.pool[tokens.starts[id]] < 0);
    }
    pairs.forEach(this::note);
    for (int id = 0; id < tokens.bound(); id++) {
      int at = tokens.starts[id];
      int length = tokens.length(id);
      if ((length == 2 || length == 3)
          && isLead(tokens.pool[at])
          && Utf8.lengthOf(tokens.pool[at]) == length
          && isContinued(at + 1, at + length)
          && isWhole(id, at, length, words)) {
        symbols[Utf8.codePointAt(tokens.pool, at)] = id + 1;
      }
    }
  }

  private int[] ranks() {
    int[] ranks = new int[tokens.bound()];
    Arrays.fill(ranks, NEVER);
    return ranks;
  }

  /** Of other tokens nobody asks. */
  private void note(int left, int right, int rank) {
    if (parts.get(left)) {
      ofToken[left] = Math.min(ofToken[left], rank);
      if (!Utf8.isContinuation(tokens.pool[tokens.starts[right]])) {
        ofEnding[left] = Math.min(ofEnding[left], rank);
      }
    }
    if (parts.get(right)) {
      ofToken[right] = Math.min(ofToken[right], rank);
      if (tokens.pool[tokens.starts[left + 1] - 1] < 0) {
        ofBeginning[right] = Math.min(ofBeginning[right], rank);
      }
    }
  }

  private static boolean isLead(byte sign) {
    return sign < 0 && !Utf8.isContinuation(sign);
  }

  private boolean isContinued(int from, int to) {
    for (int at = from; at < to; at++) {
      if (!Utf8.isContinuation(tokens.pool[at])) {
        return false;
      }
    }
    return true;
  }

  private boolean isWhole(int id, int at, int length, VocabularyWords words) {
    int highest = highestRank(id, at, length);
    if (highest < 0 || ofToken[id] <= highest) {
      return false;
    }
    for (int cut = 1; cut < length; cut++) {
      int beginning = words.idOf(tokens.pool, at, cut);
      int ending = words.idOf(tokens.pool, at + cut, length - cut);
      if ((beginning >= 0 && ofBeginning[beginning] <= highest)
          || (ending >= 0 && ofEnding[ending] <= highest)) {
        return false;
      }
    }
    return true;
  }

  /** The highest of the ranks that make this token of its two or three bytes; -1 if none do. */
  private int highestRank(int id, int at, int length) {
    int first = byteIds[tokens.pool[at] & 0xFF];
    int second = byteIds[tokens.pool[at + 1] & 0xFF];
    int left = pairs.rank(first, second);
    if (length == 2) {
      return left != PairTable.NONE && pairs.product(left) == id ? left : -1;
    }
    int third = byteIds[tokens.pool[at + 2] & 0xFF];
    int right = pairs.rank(second, third);
    int earlier = Math.min(left, right);
    if (earlier == PairTable.NONE) {
      return -1;
    }
    int last =
        left <= right
            ? pairs.rank(pairs.product(left), third)
            : pairs.rank(first, pairs.product(right));
    return last != PairTable.NONE && pairs.product(last) == id ? Math.max(earlier, last) : -1;
  }

  /**
   * The symbol of the character that begins here, after one that is not ASCII or none; -1 if it
   * must begin as bytes, or none begins here.
   */
  int symbolAt(byte[] bytes, int at) {
    byte lead = bytes[at];
    return lead < (byte) 0xC2 || lead >= (byte) 0xF0
        ? -1
        : symbols[Utf8.codePointAt(bytes, at)] - 1;
  }
}
