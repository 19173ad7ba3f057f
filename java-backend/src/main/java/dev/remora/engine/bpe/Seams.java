package dev.remora.engine.bpe;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.EightBytes;
import dev.remora.engine.word.TokenBytes;

/**
 * Where a pre-token can be cut without changing an id: between two characters that no token holds
 * side by side. What merges make is a token, so none of them crosses a seam, and what is on one
 * side of it is merged as if the other were not there.
 *
 * <p>Of a byte-level vocabulary, and only where one of the characters is not ASCII; other letters
 * are all side by side in some token. Pairs of characters are kept as bits of their hashes, and of
 * tokens that hold a part of a character the bytes at the border: where two fall together, a seam
 * is not seen, and nothing else changes. Thread-safe once made.
 */
final class Seams {
  private static final int PAIR_BITS = 19;
  private static final int NO_CHARACTER = -1; // but a part of one

  private final long[] pairs = new long[1 << (PAIR_BITS - 6)]; // by hash of two characters
  private final long[] borders = new long[1 << 10]; // by the two bytes at a border

  Seams(TokenBytes tokens) {
    for (int id = 0; id < tokens.bound(); id++) {
      int from = tokens.starts[id];
      int to = tokens.starts[id + 1];
      if (!EightBytes.areAscii(tokens.pool, from, to)) {
        note(tokens.pool, from, to);
      }
    }
  }

  private void note(byte[] pool, int from, int to) {
    int left = NO_CHARACTER; // the one that ends here
    for (int at = from; at < to; ) {
      byte lead = pool[at];
      int length = Utf8.isContinuation(lead) ? 1 : Utf8.lengthOf(lead);
      boolean isWhole = !Utf8.isContinuation(lead) && at + length <= to;
      int right = isWhole ? Utf8.codePointAt(pool, at) : NO_CHARACTER;
      if (at > from && (pool[at - 1] | lead) < 0 && !Utf8.isContinuation(lead)) {
        if (left >= 0 && right >= 0) {
          set(pairs, pair(left, right));
        } else {
          set(borders, border(pool, at));
        }
      }
      left = right;
      at += length;
    }
  }

  private static int pair(int left, int right) {
    return ((left * 0x9E3779B1 + right) * 0x85EBCA6B) >>> (32 - PAIR_BITS);
  }

  private static int border(byte[] bytes, int at) {
    return (bytes[at - 1] & 0xFF) << 8 | (bytes[at] & 0xFF);
  }

  private static void set(long[] bits, int bit) {
    bits[bit >>> 6] |= 1L << bit;
  }

  private static boolean isSet(long[] bits, int bit) {
    return (bits[bit >>> 6] & (1L << bit)) != 0;
  }

  /** The first seam after {@code from}; {@code to} if there is none before it. */
  int next(byte[] bytes, int from, int to) {
    int left = Utf8.codePointAt(bytes, from);
    int at = from + Utf8.lengthOf(bytes[from]);
    while (at < to) {
      int right = Utf8.codePointAt(bytes, at);
      if ((left | right) >= 0x80
          && !isSet(pairs, pair(left, right))
          && !isSet(borders, border(bytes, at))) {
        return at;
      }
      at += Utf8.lengthOf(bytes[at]);
      left = right;
    }
    return to;
  }
}
