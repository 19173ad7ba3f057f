package dev.remora.engine.normalize;

import dev.remora.engine.text.UnicodeTables;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How characters are composed of others, for {@link FormComposer}. Read when the first text arrives
 * that may change, as few do. Thread-safe.
 */
final class Compositions {
  private static final PartTable CANONICAL = new PartTable();
  private static final PartTable COMPATIBLE = new PartTable();
  private static final byte[] COMBINING = new byte[1 << 17]; // none is beyond
  private static final BitSet CHANGING = new BitSet(); // by NFD
  private static final Map<Long, Integer> COMPOSITIONS = new HashMap<>();

  static {
    ByteBuffer in = UnicodeTables.read(UnicodeTables.NORMALIZATION);
    for (int left = UnicodeTables.count(in); left > 0; left--) {
      int codePoint = UnicodeTables.codePoint(in);
      COMBINING[codePoint] = in.get();
      CHANGING.set(codePoint);
    }
    CANONICAL.read(in);
    CANONICAL.codePoints().forEach(CHANGING::set);
    for (int left = UnicodeTables.count(in); left > 0; left--) {
      long pair = pair(UnicodeTables.codePoint(in), UnicodeTables.codePoint(in));
      COMPOSITIONS.put(pair, UnicodeTables.codePoint(in));
    }
    COMPATIBLE.read(UnicodeTables.read(UnicodeTables.COMPATIBILITY));
  }

  private Compositions() {}

  private static long pair(int first, int second) {
    return (long) first << 32 | second;
  }

  /** The combining class of a code point: 0 for a starter; else only the order counts. */
  static int combiningClass(int codePoint) {
    return codePoint < COMBINING.length ? COMBINING[codePoint] : 0;
  }

  /**
   * What a code point, no Hangul syllable, is made of; null if of nothing else.
   *
   * @param compatible whether what is only compatible counts
   */
  static int @Nullable [] parts(int codePoint, boolean compatible) {
    int[] parts = compatible ? COMPATIBLE.parts(codePoint) : null;
    return parts == null ? CANONICAL.parts(codePoint) : parts;
  }

  /** Whether NFD may change a code point, or its place; Hangul aside. */
  static boolean mayChange(int codePoint) {
    return CHANGING.get(codePoint);
  }

  /** Whether the compatible forms take a code point apart, and the canonical ones otherwise. */
  static boolean isCompatible(int codePoint) {
    return COMPATIBLE.parts(codePoint) != null;
  }

  /** What two code points, no Hangul, become; -1 if they stay two. */
  static int composed(int first, int second) {
    return COMPOSITIONS.getOrDefault(pair(first, second), -1);
  }
}
