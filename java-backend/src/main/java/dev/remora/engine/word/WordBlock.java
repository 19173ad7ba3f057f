package dev.remora.engine.word;

import dev.remora.engine.split.AsciiWindow;
import dev.remora.engine.split.PieceCursor;
import dev.remora.engine.split.Scanner;

/**
 * The next pre-tokens of a text, and what they are looked up by. They are looked up in the caches
 * and the vocabulary together, so that the processor fetches what it lacks of memory for all of
 * them at once; one by one, each would be waited for. Of one thread at a time.
 */
public final class WordBlock {
  private static final int MAX_WORDS = 64;
  private static final long NO_KEY = -1; // in place of both halves of a key

  /** The text. */
  public byte[] bytes = new byte[0];

  /** How many words there are. */
  public int count;

  /** Of each word: where it begins. */
  public final int[] starts = new int[MAX_WORDS];

  /** Of each word: where it ends. */
  public final int[] ends = new int[MAX_WORDS];

  /** Of each word, once it is encoded: where its ids end. */
  public final int[] idEnds = new int[MAX_WORDS];

  /** Of each word: its hash. */
  public final long[] hashes = new long[MAX_WORDS];

  /** Of each word that has a key: the lower half. */
  public final long[] lows = new long[MAX_WORDS];

  /** The upper half. */
  public final long[] highs = new long[MAX_WORDS];

  /** Words that are probably not in the word cache, among them all long ones. */
  final int[] missing = new int[MAX_WORDS];

  int missingCount;
  final int[] candidates = new int[MAX_WORDS]; // of the vocabulary for each, in its bytes
  private final AsciiWindow window = new AsciiWindow();
  long fetched; // a sum over what was fetched, so that it cannot be left out

  /** Cuts the next words off a text, until none is left or the block is full; gives their end. */
  public int fill(byte[] text, int start, int to, Scanner scanner) {
    bytes = text;
    count = scanner.ends(text, start, to, ends, window);
    int at = start;
    for (int index = 0; index < count; index++) {
      int end = ends[index];
      put(index, text, at, end);
      at = end;
    }
    return at;
  }

  /** Takes the next words of a text, until none is left or the block is full. */
  public void fill(byte[] text, PieceCursor words) {
    bytes = text;
    int filled = 0;
    while (filled < MAX_WORDS && words.next()) {
      put(filled++, text, words.start(), words.end());
    }
    count = filled;
  }

  private void put(int index, byte[] text, int start, int end) {
    int length = end - start;
    if (length <= WordKey.MAX_LENGTH) {
      long low = WordKey.low(text, start, length);
      long high = WordKey.high(text, start, length);
      lows[index] = low;
      highs[index] = high;
      hashes[index] = WordKey.hash(low, high);
    } else {
      lows[index] = NO_KEY;
      highs[index] = NO_KEY;
      hashes[index] = WordKey.hash(text, start, length);
    }
    starts[index] = start;
    ends[index] = end;
  }

  /** Where a word begins. */
  public int start(int index) {
    return starts[index];
  }

  /** Whether a word is short enough to have a key. */
  public boolean hasKey(int index) {
    return highs[index] != NO_KEY;
  }
}
