package dev.remora.engine.word;

import dev.remora.core.text.ByteAlphabet;
import dev.remora.core.text.Utf8;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.split.Scanner;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The bytes of text that each token of the model stands for, one after the other in the order of
 * ids: frequent tokens, whose ids are low, are side by side. Thread-safe once made.
 */
public final class TokenBytes {
  /** The bytes; readable after the last. */
  public final byte[] pool;

  /** Where those of each id begin; one more. */
  public final int[] starts;

  private final boolean byteLevel;
  private final BitSet foreign = new BitSet();
  private int next; // the id whose start is to be set
  private int used; // of the pool

  /**
   * The tokens of a model.
   *
   * @param vocabulary the vocabulary
   * @param byteLevel whether it spells tokens in the byte-level alphabet
   */
  public TokenBytes(Vocabulary vocabulary, boolean byteLevel) {
    this.byteLevel = byteLevel;
    this.pool = new byte[Math.addExact(vocabulary.modelBytes(), Utf8.PADDING)];
    this.starts = new int[vocabulary.modelIdBound() + 1];
    vocabulary.forEachModelToken(this::put);
    Arrays.fill(starts, next, starts.length, used);
  }

  private void put(byte[] utf8, int from, int to, int id) {
    while (next <= id) {
      starts[next++] = used;
    }
    int end = byteLevel ? ByteAlphabet.decode(utf8, from, to, pool, used) : -1;
    if (end < 0) {
      System.arraycopy(utf8, from, pool, used, to - from);
      end = used + to - from;
      foreign.set(id, byteLevel);
    }
    used = end;
  }

  /** One more than the highest id. */
  public int bound() {
    return starts.length - 1;
  }

  /** How many bytes a token stands for. */
  public int length(int id) {
    return starts[id + 1] - starts[id];
  }

  /** Whether a token is what words begin as: a byte; if not byte-level, a character. */
  public boolean isSymbol(int id) {
    int length = length(id);
    return byteLevel
        ? length == 1 && !foreign.get(id)
        : length > 0 && length == Utf8.lengthOf(pool[starts[id]]);
  }

  /** Whether a scanner cuts no token in two. */
  public boolean areWholeTo(Scanner scanner) {
    for (int id = 0; id < bound(); id++) {
      int from = starts[id];
      int to = starts[id + 1];
      if (from < to && scanner.end(pool, from, to) < to) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether no text leads to a token: there is none of this id, or it holds a character that is not
   * of the byte-level alphabet. The bytes of such a one are its own UTF-8.
   */
  boolean isUnreachable(int id) {
    return starts[id] == starts[id + 1] || foreign.get(id);
  }
}
