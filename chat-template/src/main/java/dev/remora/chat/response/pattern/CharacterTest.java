package dev.remora.chat.response.pattern;

import java.util.function.IntPredicate;

/**
 * A set of code points, such as those that a place of a pattern takes. Immutable and thread-safe.
 */
public final class CharacterTest {
  private static final int ASCII = 2 * Long.SIZE;
  private static final int WORD_TYPES =
      1 << Character.NON_SPACING_MARK
          | 1 << Character.ENCLOSING_MARK
          | 1 << Character.COMBINING_SPACING_MARK
          | 1 << Character.DECIMAL_DIGIT_NUMBER
          | 1 << Character.CONNECTOR_PUNCTUATION;
  private static final int SPACE_TYPES =
      1 << Character.SPACE_SEPARATOR
          | 1 << Character.LINE_SEPARATOR
          | 1 << Character.PARAGRAPH_SEPARATOR;

  /** No code point. */
  public static final CharacterTest NONE = new CharacterTest(c -> false, 0, 0, false);

  static final CharacterTest ANY = new CharacterTest(c -> true);
  static final CharacterTest NOT_LINE_FEED = new CharacterTest(c -> c != '\n');
  static final CharacterTest DIGIT = new CharacterTest(Character::isDigit);

  /** White_Space of Unicode, which {@code str.strip} has more than. */
  static final CharacterTest SPACE =
      new CharacterTest(
          c ->
              (c >= 0x09 && c <= 0x0D)
                  || c == 0x85
                  || (SPACE_TYPES >> Character.getType(c) & 1) != 0);

  static final CharacterTest WORD =
      new CharacterTest(
          c ->
              Character.isAlphabetic(c)
                  || (WORD_TYPES >> Character.getType(c) & 1) != 0
                  || c == 0x200C
                  || c == 0x200D);

  private final IntPredicate test;
  private final long low; // the bits of U+0000 to U+003F
  private final long high; // and of U+0040 to U+007F
  private final boolean beyond; // whether there may be others
  private final int only; // the one member; -1 where there are more, or none

  CharacterTest(IntPredicate test) {
    this(test, bits(test, 0), bits(test, Long.SIZE), true);
  }

  private CharacterTest(IntPredicate test, long low, long high, boolean beyond) {
    this.test = test;
    this.low = low;
    this.high = high;
    this.beyond = beyond;
    boolean isOne = !beyond && Long.bitCount(low) + Long.bitCount(high) == 1;
    int lowest = low != 0 ? 0 : Long.SIZE;
    this.only = isOne ? lowest + Long.numberOfTrailingZeros(low | high) : -1;
  }

  private static long bits(IntPredicate test, int from) {
    long bits = 0;
    for (int bit = 0; bit < Long.SIZE; bit++) {
      bits |= test.test(from + bit) ? 1L << bit : 0;
    }
    return bits;
  }

  static CharacterTest range(int first, int last) {
    IntPredicate test = c -> c >= first && c <= last;
    return new CharacterTest(test, bits(test, 0), bits(test, Long.SIZE), last >= ASCII);
  }

  static CharacterTest one(int codePoint) {
    return range(codePoint, codePoint);
  }

  boolean test(int codePoint) {
    if (codePoint < Long.SIZE) {
      return (low >>> codePoint & 1) != 0;
    }
    return codePoint < ASCII
        ? (high >>> (codePoint - Long.SIZE) & 1) != 0
        : beyond && test.test(codePoint);
  }

  CharacterTest negated() {
    return new CharacterTest(test.negate(), ~low, ~high, true);
  }

  /** The code points of both. */
  public CharacterTest or(CharacterTest other) {
    return new CharacterTest(
        test.or(other.test), low | other.low, high | other.high, beyond || other.beyond);
  }

  /** Where the first member stands in a text; its length if there is none. */
  public int firstIn(String text) {
    if (only >= 0) {
      int index = text.indexOf(only);
      return index < 0 ? text.length() : index;
    }
    return firstIn(text, 0, text.length());
  }

  /** Where the first member stands between two places; the second one if there is none. */
  int firstIn(StringBuilder text, int from, int to) {
    if (only >= 0) {
      int index = text.indexOf(Character.toString(only), from);
      return index < 0 || index > to ? to : index;
    }
    return firstIn((CharSequence) text, from, to);
  }

  private int firstIn(CharSequence text, int from, int to) {
    int at = from;
    while (at < to) {
      char unit = text.charAt(at);
      if (unit < ASCII || !beyond) {
        if (unit < ASCII && test(unit)) {
          return at;
        }
        at++;
      } else {
        int codePoint = Character.codePointAt(text, at);
        if (test.test(codePoint)) {
          return at;
        }
        at += Character.charCount(codePoint);
      }
    }
    return to;
  }
}
