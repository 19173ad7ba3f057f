package dev.remora.engine;

import dev.remora.core.engine.Vocabulary;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The bytes of text that each token of the model stands for, one behind the other in the order of
 * ids: frequent tokens, whose ids are low, stand side by side. Thread-safe once made.
 */
final class TokenBytes {
  /** The bytes; readable behind the last. */
  byte[] pool = new byte[1 << 12];

  /** Where those of each id begin; one more. */
  final int[] starts;

  private final boolean byteLevel;
  private final BitSet foreign = new BitSet();
  private int next; // the id whose start is to be set
  private int used; // of the pool

  TokenBytes(Vocabulary vocabulary, boolean byteLevel) {
    this.byteLevel = byteLevel;
    this.starts = new int[vocabulary.modelIdBound() + 1];
    vocabulary.forEachModelToken(this::put);
    Arrays.fill(starts, next, starts.length, used);
  }

  private void put(byte[] utf8, int from, int to, int id) {
    while (next <= id) {
      starts[next++] = used;
    }
    int needed = used + to - from + Utf8.PADDING;
    if (needed > pool.length) {
      pool = Arrays.copyOf(pool, (int) Math.min(Integer.MAX_VALUE - 8, 2L * needed));
    }
    int end = byteLevel ? ByteLevelAlphabet.decode(utf8, from, to, pool, used) : -1;
    if (end < 0) {
      System.arraycopy(utf8, from, pool, used, to - from);
      end = used + to - from;
      foreign.set(id, byteLevel);
    }
    used = end;
  }

  /** One more than the highest id. */
  int bound() {
    return starts.length - 1;
  }

  /** How many bytes a token stands for. */
  int length(int id) {
    return starts[id + 1] - starts[id];
  }

  /** Whether a token is what words begin as: a byte; if not byte-level, a character. */
  boolean isSymbol(int id) {
    int length = length(id);
    return byteLevel
        ? length == 1 && !foreign.get(id)
        : length > 0 && length == Utf8.lengthOf(pool[starts[id]]);
  }

  /** How many bytes all tokens together stand for. */
  int total() {
    return used;
  }

  /**
   * Whether no text leads to a token: there is none of this id, or it holds a character that is not
   * of the byte-level alphabet. The bytes of such a one are its own UTF-8.
   */
  boolean isUnreachable(int id) {
    return starts[id] == starts[id + 1] || foreign.get(id);
  }
}
