package dev.remora.engine.bpe;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.IdList;

/**
 * Merges the symbols of one word: always the pair of lowest rank, of equal ones the leftmost, until
 * no pair merges. A short word is scanned for its minimum each time; the pairs of a long one wait
 * in order, so that its cost is not its square. A longer one still is merged window by window, so
 * that what is worked in stays in the processor's caches.
 *
 * <p>Each window begins with a token of the one before, well before its end. If that token comes
 * out again, the tokens on both sides of its start stand in one window side by side: no merge joins
 * them there, and none would in the whole word, as the merges inside each are the same in both,
 * come in the same order, and leave the same pair at the border at each moment. Else windows become
 * twice as long, and the first of these goes back over the place; at last one is the word. Of one
 * thread at a time.
 */
final class Merger {
  private static final int MAX_SCANNED = 40; // symbols of the longest word that is scanned
  private static final int MAX_KEPT = 1 << 14; // larger arrays are not kept for the next word
  private static final int WINDOW = 1 << 13; // symbols

  private final PairTable pairs;
  private final int windowLength;
  private int[] symbols = new int[64];
  private int[] ranks = new int[64]; // of each symbol with the next
  private int[] window = new int[0]; // the symbols that are being merged, as a list
  private int[] windowRanks = new int[0];
  private int[] previous = new int[0];
  private int[] next = new int[0];
  private WaitingPairs waiting = new WaitingPairs();
  private final WindowStack begun = new WindowStack();

  Merger(PairTable pairs) {
    this(pairs, WINDOW);
  }

  /**
   * @param windowLength how many symbols are merged together, at least eight
   */
  Merger(PairTable pairs, int windowLength) {
    this.pairs = pairs;
    this.windowLength = windowLength;
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
    mergeLong(count, starts, true);
  }

  private void mergeRanked(int count, IdList target) {
    ranks[count - 1] = PairTable.NONE;
    if (count <= MAX_SCANNED) {
      int left = scan(count);
      target.reserve(left);
      System.arraycopy(symbols, 0, target.values, target.count, left);
      target.count += left;
    } else {
      mergeLong(count, target, false);
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

  /**
   * Merges window by window and appends the tokens.
   *
   * @param starts whether to append where each begins in place of the token
   */
  private void mergeLong(int count, IdList target, boolean starts) {
    int length = Math.min(count, windowLength);
    begun.begin(target.count);
    while (true) {
      int from = begun.from();
      int to = (int) Math.min(count, (long) from + length);
      mergeWindow(from, to);
      boolean agrees = begun.agrees(window[0], next[0]);
      if (agrees && to == count) {
        int end = append(target, from, count, starts);
        target.add(starts ? from + end : window[end]);
        break;
      }
      int cut = agrees ? append(target, from, to - from - length / 8, starts) : 0;
      if (cut > 0 && next[cut] >= 0) {
        begun.push(from + cut, window[cut], next[cut] - cut, target.count);
      } else {
        length = (int) Math.min(count, 2L * length);
        begun.goBack(to - length);
        target.count = begun.mark();
      }
    }
    release();
  }

  /** Appends the tokens of the window up to the last that begins before a place; gives that. */
  private int append(IdList target, int from, int last, boolean starts) {
    int at = 0;
    while (next[at] >= 0 && next[at] <= last) {
      target.add(starts ? from + at : window[at]);
      at = next[at];
    }
    return at;
  }

  /** Applies merges in the order of their ranks, which goes through the window once for each. */
  private void mergeWindow(int from, int to) {
    link(from, to);
    while (!waiting.isEmpty()) {
      long taken = waiting.take();
      int at = (int) taken;
      if (windowRanks[at] != (int) (taken >>> Integer.SIZE)) {
        continue; // the pair is not there any more
      }
      int right = next[at];
      window[at] = pairs.product(windowRanks[at]);
      windowRanks[right] = PairTable.NONE;
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

  private void link(int from, int to) {
    int count = to - from;
    if (next.length < count) {
      window = new int[count];
      windowRanks = new int[count];
      next = new int[count];
      previous = new int[count];
    }
    System.arraycopy(symbols, from, window, 0, count);
    System.arraycopy(ranks, from, windowRanks, 0, count);
    windowRanks[count - 1] = PairTable.NONE;
    waiting.clear();
    for (int index = 0; index < count; index++) {
      previous[index] = index - 1;
      next[index] = index + 1 < count ? index + 1 : -1;
      if (windowRanks[index] != PairTable.NONE) {
        waiting.add(windowRanks[index], index);
      }
    }
  }

  private void rank(int at) {
    int right = next[at];
    windowRanks[at] = right < 0 ? PairTable.NONE : pairs.rank(window[at], window[right]);
    if (windowRanks[at] != PairTable.NONE) {
      waiting.add(windowRanks[at], at);
    }
  }

  private void release() {
    if (next.length > MAX_KEPT) {
      window = new int[0];
      windowRanks = new int[0];
      next = new int[0];
      previous = new int[0];
      waiting = new WaitingPairs();
    }
  }
}
