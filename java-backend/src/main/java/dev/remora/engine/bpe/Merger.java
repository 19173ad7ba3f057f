package dev.remora.engine.bpe;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.IdList;

/**
 * Merges the symbols of one word: always the pair of lowest rank, of equal ones the leftmost, until
 * no pair merges. A short word is scanned for its minimum each time; the pairs of a long one wait
 * in order, so that its cost is not its square. Of one thread at a time.
 */
final class Merger {
  private static final int MAX_SCANNED = 40; // symbols of the longest word that is scanned
  private static final int MAX_KEPT = 1 << 14; // larger arrays are not kept for the next word

  private final PairTable pairs;
  private int[] symbols = new int[64];
  private int[] ranks = new int[64]; // of each symbol with the next
  private int[] previous = new int[0];
  private int[] next = new int[0];
  private WaitingPairs waiting = new WaitingPairs();

  Merger(PairTable pairs) {
    this.pairs = pairs;
  }

  /** The symbols to be filled for a word. */
  int[] symbols(int count) {
    if (symbols.length < count || symbols.length > MAX_KEPT) {
      int capacity = Math.max(64, count);
      symbols = new int[capacity];
      ranks = new int[capacity];
    }
    return symbols;
  }

  /** Merges the first so many symbols and appends what they become. */
  void merge(int count, IdList target) {
    rankAll(count);
    mergeRanked(count, target);
  }

  private void rankAll(int count) {
    for (int index = 0; index + 1 < count; index++) {
      ranks[index] = pairs.rank(symbols[index], symbols[index + 1]);
    }
  }

  /** The same for bytes, which have a symbol and, with their neighbour, a rank in a table each. */
  void merge(byte[] bytes, int from, int length, int[] byteIds, int[] bytePairs, IdList target) {
    int[] word = symbols(length);
    int[] wordRanks = ranks;
    int left = bytes[from] & 0xFF;
    word[0] = byteIds[left];
    for (int index = 1; index < length; index++) {
      int right = bytes[from + index] & 0xFF;
      word[index] = byteIds[right];
      wordRanks[index - 1] = bytePairs[left << 8 | right];
      left = right;
    }
    mergeRanked(length, target);
  }

  /** The same, where characters that are whole are one symbol. */
  void merge(
      byte[] bytes,
      int from,
      int length,
      int[] byteIds,
      int[] bytePairs,
      WholeCharacters whole,
      IdList target) {
    int[] word = symbols(length);
    int[] wordRanks = ranks;
    int count = 0;
    int before = -1; // the byte that the last symbol is; -1 for a character
    for (int at = from; at < from + length; ) {
      byte lead = bytes[at];
      int symbol = lead < 0 && (at == from || bytes[at - 1] < 0) ? whole.symbolAt(bytes, at) : -1;
      int value = symbol < 0 ? lead & 0xFF : -1;
      if (symbol < 0) {
        symbol = byteIds[value];
      }
      if (count > 0) {
        wordRanks[count - 1] =
            (before | value) >= 0
                ? bytePairs[before << 8 | value]
                : pairs.rank(word[count - 1], symbol);
      }
      word[count++] = symbol;
      before = value;
      at += value < 0 ? Utf8.lengthOf(lead) : 1;
    }
    mergeRanked(count, target);
  }

  /** The same, but appends of each symbol that is left the first that became part of it. */
  void mergeNotingStarts(int count, IdList starts) {
    rankAll(count);
    ranks[count - 1] = PairTable.NONE;
    mergeWaiting(count);
    for (int at = 0; at >= 0; at = next[at]) {
      starts.add(at);
    }
    release();
  }

  private void mergeRanked(int count, IdList target) {
    ranks[count - 1] = PairTable.NONE;
    if (count <= MAX_SCANNED) {
      int left = scan(count);
      target.reserve(left);
      System.arraycopy(symbols, 0, target.values, target.count, left);
      target.count += left;
    } else {
      mergeWaiting(count);
      for (int at = 0; at >= 0; at = next[at]) {
        target.add(symbols[at]);
      }
      release();
    }
  }

  private int scan(int symbolCount) {
    int[] word = symbols;
    int[] wordRanks = ranks;
    int count = symbolCount;
    while (true) {
      int best = PairTable.NONE;
      int at = 0;
      for (int index = 0; index < count - 1; index++) {
        if (wordRanks[index] < best) {
          best = wordRanks[index];
          at = index;
        }
      }
      if (best == PairTable.NONE) {
        return count;
      }
      word[at] = pairs.product(best);
      count--;
      for (int index = at + 1; index < count; index++) {
        word[index] = word[index + 1];
        wordRanks[index] = wordRanks[index + 1];
      }
      if (at > 0) {
        wordRanks[at - 1] = pairs.rank(word[at - 1], word[at]);
      }
      wordRanks[at] = at + 1 < count ? pairs.rank(word[at], word[at + 1]) : PairTable.NONE;
    }
  }

  /** Applies merges in the order of their ranks, which goes through the word once for each. */
  private void mergeWaiting(int count) {
    link(count);
    while (!waiting.isEmpty()) {
      long taken = waiting.take();
      int at = (int) taken;
      if (ranks[at] != (int) (taken >>> Integer.SIZE)) {
        continue; // the pair is not there any more
      }
      int right = next[at];
      symbols[at] = pairs.product(ranks[at]);
      ranks[right] = PairTable.NONE;
      next[at] = next[right];
      if (next[at] >= 0) {
        previous[next[at]] = at;
      }
      if (previous[at] >= 0) {
        rank(previous[at]);
      }
      rank(at);
    }
  }

  private void link(int count) {
    if (next.length < count) {
      next = new int[count];
      previous = new int[count];
    }
    waiting.clear();
    for (int index = 0; index < count; index++) {
      previous[index] = index - 1;
      next[index] = index + 1 < count ? index + 1 : -1;
      if (ranks[index] != PairTable.NONE) {
        waiting.add(ranks[index], index);
      }
    }
  }

  private void rank(int at) {
    int right = next[at];
    ranks[at] = right < 0 ? PairTable.NONE : pairs.rank(symbols[at], symbols[right]);
    if (ranks[at] != PairTable.NONE) {
      waiting.add(ranks[at], at);
    }
  }

  private void release() {
    if (next.length > MAX_KEPT) {
      next = new int[0];
      previous = new int[0];
      waiting = new WaitingPairs();
    }
  }
}
