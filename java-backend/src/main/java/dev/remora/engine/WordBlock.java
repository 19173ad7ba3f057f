package dev.remora.engine;

/**
 * The next pre-tokens of a text, and what they are looked up by. They are looked up in the caches
 * and the vocabulary together, so that the processor fetches what it lacks of memory for all of
 * them at once; one by one, each would be waited for. Of one thread at a time.
 */
final class WordBlock {
  private static final int MOST = 64;
  private static final long NO_KEY = -1; // in place of both halves of a key

  byte[] bytes = new byte[0];
  int count;
  final int[] ends = new int[MOST];
  final int[] idEnds = new int[MOST]; // of each word, once it is encoded: where its ids end
  final long[] hashes = new long[MOST];
  final long[] lows = new long[MOST]; // the keys
  final long[] highs = new long[MOST];

  /** Words that are probably not in the word cache, among them all long ones. */
  final int[] missing = new int[MOST];

  int missingCount;
  final int[] starts = new int[MOST]; // of what the vocabulary may have for those, in its bytes
  long fetched; // a sum over what was fetched, so that it cannot be left out

  private int from;

  /** Cuts the next words off a text, until none is left or the block is full; gives their end. */
  int fill(byte[] text, int start, int to, Scanner scanner) {
    bytes = text;
    from = start;
    int at = start;
    int filled = 0;
    while (at < to && filled < MOST) {
      int end = scanner.end(text, at, to);
      int length = end - at;
      if (length <= WordKey.MOST) {
        long low = WordKey.low(text, at, length);
        long high = WordKey.high(text, at, length);
        lows[filled] = low;
        highs[filled] = high;
        hashes[filled] = WordKey.hash(low, high);
      } else {
        lows[filled] = NO_KEY;
        highs[filled] = NO_KEY;
        hashes[filled] = WordKey.hash(text, at, length);
      }
      ends[filled++] = end;
      at = end;
    }
    count = filled;
    return at;
  }

  int start(int index) {
    return index == 0 ? from : ends[index - 1];
  }

  boolean hasKey(int index) {
    return highs[index] != NO_KEY;
  }
}
