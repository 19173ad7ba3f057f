package dev.remora.core.text;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Hashes of what a sender or a user chooses: tokens, pairs of ids, words. Two seeds, others in each
 * process, are added before a multiplication of both halves with each other, whose 128 bits are
 * folded into 64: which keys collide depends on the seeds, so that nobody can make keys that do. A
 * seed that is multiplied by, or added to what is then mixed reversibly, would not do: keys can be
 * made that collide whatever it is.
 */
public final class SeededHash {
  private static final long FIRST = ThreadLocalRandom.current().nextLong();
  private static final long SECOND = ThreadLocalRandom.current().nextLong();

  private SeededHash() {}

  /** The hash of two numbers; all its bits are good. */
  public static long of(long first, long second) {
    long one = first ^ FIRST;
    long other = second ^ SECOND;
    return one * other ^ Math.multiplyHigh(one, other);
  }

  /** The hash of a range of bytes. */
  public static long of(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    for (; at + 8 < to; at += 8) {
      hash = of(hash, Utf8.longAt(bytes, at));
    }
    return of(hash, Utf8.upToEight(bytes, at, to - at));
  }
}
