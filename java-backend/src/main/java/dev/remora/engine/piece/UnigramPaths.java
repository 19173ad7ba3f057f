package dev.remora.engine.piece;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.IdList;
import dev.remora.engine.word.CachedWords;
import dev.remora.engine.word.TokenSpans;
import dev.remora.engine.word.TokenTrie;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The most likely way through a word by a Unigram model: for each place the best sum of scores with
 * which it can be reached, and the token that ends there, found from left to right; then back from
 * the end. Of equal sums the one that was found first stays, so tokens from further left, as in the
 * reference.
 *
 * <p>A word can be as long as a text. Where no token goes across a place, all ways go through it,
 * so what is before is settled and forgotten; the sum goes on from it. Sums are kept only for as
 * many places as the longest token has bytes.
 *
 * <p>Of one thread at a time.
 */
final class UnigramPaths extends CachedWords {
  private static final int UNKNOWN_CHARACTER = -1; // in place of a token
  private static final int MAX_KEPT = 1 << 14; // a larger array is not kept for the next word

  private final UnigramModel model;
  private final TokenTrie trie;
  private final BitSet barred;
  private final double[] sums; // of the places from here on, by their lowest bits; NaN: not reached
  private int[] tokens = new int[64]; // that ends at each place of the stretch
  private int[] starts = new int[64]; // where that token begins, as a place of the stretch
  private int unknownFrom; // of the row of unknown characters that is not ended yet; -1 for none
  private boolean hasEnded; // whether the word before did, which leaves all sums unset
  private @Nullable TokenSpans spans; // where they are asked for

  UnigramPaths(UnigramModel model, BitSet barred) {
    this.barred = barred;
    this.model = model;
    this.trie = model.trie;
    this.sums = new double[Integer.highestOneBit(Math.max(4, trie.longest())) << 1];
  }

  @Override
  public void spans(
      byte[] bytes, int from, int to, IdList ids, int first, int end, TokenSpans target) {
    spans = target;
    encode(bytes, from, to, new IdList());
    spans = null;
  }

  @Override
  protected void encode(byte[] bytes, int from, int to, IdList ids) {
    begin();
    int stretch = from; // where what is not settled begins
    int reached = from; // the furthest place that a token ends at
    int mask = sums.length - 1;
    sums[0] = 0;
    int at = from;
    while (at < to) {
      if (at == reached && at > stretch) {
        settle(bytes, stretch, at, ids);
        stretch = at;
      }
      int place = at - from;
      double sum = sums[place & mask];
      sums[place & mask] = Double.NaN;
      int characterEnd = at + Utf8.lengthOf(bytes[at]);
      boolean isToken = false; // whether the character is one
      long node = trie.root();
      for (int next = at; next < to; ) {
        node = trie.next(node, bytes[next++]);
        if (node == TokenTrie.NOWHERE) {
          break;
        }
        int id = TokenTrie.idAt(node);
        if (id >= 0 && !barred.get(id)) {
          reach(next - from, sum + model.scores[id], id, at - stretch, next - stretch);
          isToken |= next == characterEnd;
          reached = Math.max(reached, next);
        }
      }
      if (reached == at) { // no token goes across the place or on from it: this is settled
        sums[(characterEnd - from) & mask] = sum + model.unknownScore;
        unknownFrom = unknownFrom < 0 ? at : unknownFrom;
        stretch = characterEnd;
        reached = characterEnd;
        at = characterEnd;
        continue;
      }
      if (!isToken) {
        int end = characterEnd;
        reach(end - from, sum + model.unknownScore, UNKNOWN_CHARACTER, at - stretch, end - stretch);
        reached = Math.max(reached, end);
      }
      at = characterEnd;
    }
    settle(bytes, stretch, to, ids);
    sums[(to - from) & mask] = Double.NaN;
    endUnknown(bytes, to, ids);
    hasEnded = true;
  }

  private void begin() {
    unknownFrom = -1;
    if (!hasEnded) {
      Arrays.fill(sums, Double.NaN);
    }
    hasEnded = false;
    if (tokens.length > MAX_KEPT) {
      tokens = new int[64];
      starts = new int[64];
    }
  }

  private void reach(int place, double sum, int token, int start, int end) {
    int slot = place & (sums.length - 1);
    if (sum <= sums[slot]) {
      return; // NaN is reached by all
    }
    sums[slot] = sum;
    if (end >= tokens.length) {
      int capacity = Math.max(end + 1, 2 * tokens.length);
      tokens = Arrays.copyOf(tokens, capacity);
      starts = Arrays.copyOf(starts, capacity);
    }
    tokens[end] = token;
    starts[end] = start;
  }

  /** Takes the best way from the start of a stretch to its end, which all ways go through. */
  private void settle(byte[] bytes, int from, int to, IdList ids) {
    int end = to - from;
    int next = 0; // the way is turned round: each start then names the next place
    while (end > 0) {
      int start = starts[end];
      starts[end] = next;
      next = end;
      end = start;
    }
    int start = 0;
    while (next != 0) {
      take(bytes, from + start, from + next, tokens[next], ids);
      start = next;
      next = starts[next];
    }
  }

  private void take(byte[] bytes, int from, int to, int token, IdList ids) {
    if (token == UNKNOWN_CHARACTER || token == model.unknown) {
      unknownFrom = unknownFrom < 0 ? from : unknownFrom;
      return;
    }
    endUnknown(bytes, from, ids);
    add(token, from, to, ids);
  }

  private void add(int token, int from, int to, IdList ids) {
    ids.add(token);
    if (spans != null) {
      spans.add(from, to);
    }
  }

  /** Unknown characters in a row are one: a token by chance, else its bytes, else unknown. */
  private void endUnknown(byte[] bytes, int to, IdList ids) {
    if (unknownFrom < 0) {
      return;
    }
    int from = unknownFrom;
    unknownFrom = -1;
    int found = trie.idOf(bytes, from, to);
    int id = found >= 0 && barred.get(found) ? TokenTrie.NONE : found;
    if (id >= 0 || !hasAllBytes(bytes, from, to)) {
      add(id >= 0 ? id : model.unknown, from, to, ids);
      return;
    }
    for (int at = from; at < to; at++) {
      add(model.byteIds[bytes[at] & 0xFF], from, to, ids);
    }
  }

  private boolean hasAllBytes(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (model.byteIds[bytes[at] & 0xFF] < 0) {
        return false;
      }
    }
    return true;
  }
}
