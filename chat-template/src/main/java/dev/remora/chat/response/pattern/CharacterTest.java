package dev.remora.chat.response.pattern;

import java.util.function.IntPredicate;

/** Which code points a place of a pattern takes. Immutable and thread-safe. */
final class CharacterTest {
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

  CharacterTest(IntPredicate test) {
    this.test = test;
    this.low = bits(test, 0);
    this.high = bits(test, Long.SIZE);
  }

  private static long bits(IntPredicate test, int from) {
    long bits = 0;
    for (int bit = 0; bit < Long.SIZE; bit++) {
      bits |= test.test(from + bit) ? 1L << bit : 0;
    }
    return bits;
  }

  static CharacterTest range(int first, int last) {
    return new CharacterTest(c -> c >= first && c <= last);
  }

  static CharacterTest one(int codePoint) {
    return range(codePoint, codePoint);
  }

  boolean test(int codePoint) {
    if (codePoint < Long.SIZE) {
      return (low >>> codePoint & 1) != 0;
    }
    return codePoint < 2 * Long.SIZE
        ? (high >>> (codePoint - Long.SIZE) & 1) != 0
        : test.test(codePoint);
  }

  CharacterTest negated() {
    return new CharacterTest(test.negate());
  }

  CharacterTest or(CharacterTest other) {
    return new CharacterTest(test.or(other.test));
  }
}
