package dev.remora.engine.bpe;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.IdList;
import java.util.Arrays;

/**
 * Merges the symbols of one word: always the pair of lowest rank, of equal ones the leftmost, until
 * no pair merges. A short word is scanned for its minimum each time; a long one has a heap, so that
 * its cost is not its square. Of one thread at a time.
 */
final class Merger {
  private static final int MAX_SCANNED = 40; // symbols of the longest word that is scanned
  private static final int CHILDREN = 4; // of a place in the heap, side by side in memory
  private static final int MAX_KEPT = 1 << 14; // larger arrays are not kept for the next word

  private final PairTable pairs;
  private int[] symbols = new int[64];
  private int[] ranks = new int[64]; // of each symbol with the next
  private int[] previous = new int[0];
  private int[] next = new int[0];
  private long[] heap = new long[0]; // rank in the upper half, position in the lower
  private int heaped;

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
    mergeByHeap(count);
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
      mergeByHeap(count);
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

  private void mergeByHeap(int count) {
    link(count);
    while (heaped > 0) {
      long top = pop();
      int at = (int) top;
      if (ranks[at] != (int) (top >>> 32)) {
        continue; // the pair is not there any more
      }
      int right = next[at];
      symbols[at] = pairs.product(ranks[at]);
      ranks[right] = PairTable.NONE;
      next[at] = next[right];
      if (next[at] >= 0) {
        previous[next[at]] = at;
      }
      rank(at);
      if (previous[at] >= 0) {
        rank(previous[at]);
      }
    }
  }

  private void link(int count) {
    if (next.length < count) {
      next = new int[count];
      previous = new int[count];
      heap = new long[count];
    }
    heaped = 0;
    for (int index = 0; index < count; index++) {
      previous[index] = index - 1;
      next[index] = index + 1 < count ? index + 1 : -1;
      if (ranks[index] != PairTable.NONE) {
        heap[heaped++] = (long) ranks[index] << 32 | index;
      }
    }
    for (int parent = (heaped + CHILDREN - 2) / CHILDREN - 1; parent >= 0; parent--) {
      sink(parent, heap[parent]);
    }
  }

  private void rank(int at) {
    int right = next[at];
    ranks[at] = right < 0 ? PairTable.NONE : pairs.rank(symbols[at], symbols[right]);
    if (ranks[at] != PairTable.NONE) {
      push((long) ranks[at] << 32 | at);
    }
  }

  private void push(long entry) {
    if (heaped == heap.length) {
      heap = Arrays.copyOf(heap, 2 * heaped);
    }
    int at = heaped++;
    while (at > 0 && heap[(at - 1) / CHILDREN] > entry) {
      heap[at] = heap[(at - 1) / CHILDREN];
      at = (at - 1) / CHILDREN;
    }
    heap[at] = entry;
  }

  private long pop() {
    long top = heap[0];
    long last = heap[--heaped];
    if (heaped > 0) {
      sink(0, last);
    }
    return top;
  }

  private void sink(int from, long entry) {
    int at = from;
    while (true) {
      int first = CHILDREN * at + 1;
      if (first >= heaped) {
        break;
      }
      int least = first;
      for (int child = first + 1; child < Math.min(first + CHILDREN, heaped); child++) {
        least = heap[child] < heap[least] ? child : least;
      }
      if (heap[least] >= entry) {
        break;
      }
      heap[at] = heap[least];
      at = least;
    }
    heap[at] = entry;
  }

  private void release() {
    if (next.length > MAX_KEPT) {
      next = new int[0];
      previous = new int[0];
      heap = new long[0];
    }
  }
}
