package dev.remora.engine.normalize;

import dev.remora.engine.text.UnicodeTables;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * How characters are composed of others, for {@link CanonicalComposer}. Read when the first text
 * arrives that may change, as few do. Thread-safe.
 */
final class Compositions {
  private static final Map<Integer, Integer> COMBINING = new HashMap<>();
  private static final Map<Integer, int[]> DECOMPOSITIONS = new HashMap<>();
  private static final Map<Long, Integer> COMPOSITIONS = new HashMap<>();

  static {
    ByteBuffer in = UnicodeTables.read(UnicodeTables.NORMALIZATION);
    for (int left = UnicodeTables.count(in); left > 0; left--) {
      COMBINING.put(UnicodeTables.codePoint(in), Byte.toUnsignedInt(in.get()));
    }
    for (int left = UnicodeTables.count(in); left > 0; left--) {
      int codePoint = UnicodeTables.codePoint(in);
      int[] parts = new int[in.get()];
      for (int part = 0; part < parts.length; part++) {
        parts[part] = UnicodeTables.codePoint(in);
      }
      DECOMPOSITIONS.put(codePoint, parts);
    }
    for (int left = UnicodeTables.count(in); left > 0; left--) {
      long pair = pair(UnicodeTables.codePoint(in), UnicodeTables.codePoint(in));
      COMPOSITIONS.put(pair, UnicodeTables.codePoint(in));
    }
  }

  private Compositions() {}

  private static long pair(int first, int second) {
    return (long) first << 32 | second;
  }

  /** The combining class of a code point: 0 for a starter; else only the order counts. */
  static int combiningClass(int codePoint) {
    return COMBINING.getOrDefault(codePoint, 0);
  }

  /** What a code point, no Hangul syllable, is made of; itself alone if of nothing else. */
  static int[] parts(int codePoint) {
    int[] parts = DECOMPOSITIONS.get(codePoint);
    return parts == null ? new int[] {codePoint} : parts;
  }

  /** What two code points, no Hangul, become; -1 if they stay two. */
  static int composed(int first, int second) {
    return COMPOSITIONS.getOrDefault(pair(first, second), -1);
  }
}
