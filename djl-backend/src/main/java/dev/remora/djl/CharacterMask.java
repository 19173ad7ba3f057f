package dev.remora.djl;

import dev.remora.core.regex.CharacterSet;
import dev.remora.core.regex.CharacterSet.Complement;
import dev.remora.core.regex.CharacterSet.Intersection;
import dev.remora.core.regex.CharacterSet.Posix;
import dev.remora.core.regex.CharacterSet.Property;
import dev.remora.core.regex.CharacterSet.Range;
import dev.remora.core.regex.CharacterSet.Shorthand;
import dev.remora.core.regex.CharacterSet.Union;
import dev.remora.core.regex.RegexNode.One;
import java.util.Map;

/**
 * What is sure of a set of characters in any version of Unicode: of which kinds of character it may
 * hold one, and which it holds whole. A kind is a character of ASCII, or a general category above
 * it; a character that is not assigned in this JVM may be of any category in another.
 *
 * <p>Immutable and thread-safe.
 *
 * @param some the kinds of which the set may hold a character
 * @param whole the kinds that the set holds whole
 */
record CharacterMask(Kinds some, Kinds whole) {
  static final CharacterMask NONE = new CharacterMask(Kinds.NONE, Kinds.NONE);

  /** A set of which nothing is known. */
  private static final CharacterMask UNKNOWN = new CharacterMask(Kinds.ALL, Kinds.NONE);

  /** Characters of a range that are looked at one by one; a longer one may hold any kind. */
  private static final int MAX_RANGE = 1 << 15;

  private static final Kinds LETTERS =
      Kinds.ofCategories(
          Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER);
  private static final Kinds MARKS =
      Kinds.ofCategories(
          Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK);
  private static final Kinds DIGITS = Kinds.ofCategories(Character.DECIMAL_DIGIT_NUMBER);
  private static final Kinds NUMBERS =
      DIGITS.or(Kinds.ofCategories(Character.LETTER_NUMBER, Character.OTHER_NUMBER));
  private static final Kinds SEPARATORS =
      Kinds.ofCategories(
          Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR);
  private static final Kinds PUNCTUATION =
      Kinds.ofCategories(
          Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION);
  private static final Kinds SYMBOLS =
      Kinds.ofCategories(
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL);
  private static final Kinds ASCII_SPACES =
      Kinds.of('\t').or(Kinds.of('\n')).or(Kinds.of(0x0B)).or(Kinds.of('\f')).or(Kinds.of('\r'));

  /** The properties that patterns of real tokenizers name; of others nothing is known. */
  private static final Map<String, CharacterMask> PROPERTIES =
      Map.ofEntries(
          Map.entry("l", exactly(LETTERS)),
          Map.entry("lu", exactly(Kinds.ofCategories(Character.UPPERCASE_LETTER))),
          Map.entry("ll", exactly(Kinds.ofCategories(Character.LOWERCASE_LETTER))),
          Map.entry("lt", exactly(Kinds.ofCategories(Character.TITLECASE_LETTER))),
          Map.entry("lm", exactly(Kinds.ofCategories(Character.MODIFIER_LETTER))),
          Map.entry("lo", exactly(Kinds.ofCategories(Character.OTHER_LETTER))),
          Map.entry("m", exactly(MARKS)),
          Map.entry("n", exactly(NUMBERS)),
          Map.entry("nd", exactly(DIGITS)),
          Map.entry("z", exactly(SEPARATORS)),
          Map.entry("p", between(PUNCTUATION, PUNCTUATION.or(SYMBOLS))), // \p{P} and [:punct:]
          Map.entry("s", exactly(SYMBOLS)));

  private static CharacterMask exactly(Kinds kinds) {
    return between(kinds, kinds);
  }

  private static CharacterMask between(Kinds whole, Kinds some) {
    return new CharacterMask(some.or(Kinds.UNASSIGNED), whole);
  }

  /**
   * Kinds as bits: the characters 0 to 63, 64 to 127, and the categories of all others by their
   * number in {@link Character}.
   */
  record Kinds(long low, long high, int categories) {
    static final Kinds NONE = new Kinds(0, 0, 0);
    static final Kinds ALL = new Kinds(-1, -1, -1);
    static final Kinds UNASSIGNED = new Kinds(0, 0, 1 << Character.UNASSIGNED);

    static Kinds of(int codePoint) {
      if (codePoint < 0x80) {
        long bit = 1L << codePoint; // of 64, Java takes the rest of the division
        return codePoint < 64 ? new Kinds(bit, 0, 0) : new Kinds(0, bit, 0);
      }
      return new Kinds(0, 0, 1 << Character.getType(codePoint));
    }

    static Kinds ofCategories(int... categories) {
      int bits = 0;
      for (int category : categories) {
        bits |= 1 << category;
      }
      Kinds kinds = new Kinds(0, 0, bits);
      for (int codePoint = 0; codePoint < 0x80; codePoint++) {
        if ((bits & (1 << Character.getType(codePoint))) != 0) {
          kinds = kinds.or(of(codePoint));
        }
      }
      return kinds;
    }

    Kinds or(Kinds other) {
      return new Kinds(low | other.low, high | other.high, categories | other.categories);
    }

    Kinds and(Kinds other) {
      return new Kinds(low & other.low, high & other.high, categories & other.categories);
    }

    Kinds not() {
      return new Kinds(~low, ~high, ~categories);
    }

    boolean isEmpty() {
      return low == 0 && high == 0 && categories == 0;
    }

    boolean contains(int codePoint) {
      return !and(of(codePoint)).isEmpty();
    }
  }

  static CharacterMask of(One one) {
    CharacterMask mask = of(one.set());
    // Which characters fold to which is not looked up: any letter may fold to any, and marks too.
    return one.ignoreCase() ? new CharacterMask(mask.some.or(LETTERS).or(MARKS), mask.whole) : mask;
  }

  private static CharacterMask of(CharacterSet set) {
    if (set instanceof Range range) {
      return of(range);
    }
    if (set instanceof Property property) {
      return PROPERTIES.getOrDefault(property.name(), UNKNOWN);
    }
    if (set instanceof Shorthand shorthand) {
      return of(shorthand);
    }
    if (set instanceof Union union) {
      return union.sets().stream().map(CharacterMask::of).reduce(NONE, CharacterMask::or);
    }
    if (set instanceof Intersection both) {
      CharacterMask one = of(both.one());
      CharacterMask other = of(both.other());
      return new CharacterMask(one.some.and(other.some), one.whole.and(other.whole));
    }
    if (set instanceof Posix) {
      return UNKNOWN;
    }
    CharacterMask complement = of(((Complement) set).of());
    return new CharacterMask(complement.whole.not(), complement.some.not());
  }

  private static CharacterMask of(Range range) {
    if (range.first() == 0 && range.last() == Character.MAX_CODE_POINT) {
      return new CharacterMask(Kinds.ALL, Kinds.ALL);
    }
    Kinds ascii = Kinds.NONE;
    for (int codePoint = range.first(); codePoint <= Math.min(range.last(), 0x7F); codePoint++) {
      ascii = ascii.or(Kinds.of(codePoint));
    }
    int from = Math.max(0x80, range.first());
    if (range.last() - from > MAX_RANGE) {
      return new CharacterMask(ascii.or(new Kinds(0, 0, -1)), ascii);
    }
    Kinds above = Kinds.NONE;
    for (int codePoint = from; codePoint <= range.last(); codePoint++) {
      above = above.or(Kinds.of(codePoint));
    }
    return new CharacterMask(ascii.or(above), ascii);
  }

  private static CharacterMask of(Shorthand shorthand) {
    return switch (shorthand) {
      case SPACE ->
          between(
              SEPARATORS.or(ASCII_SPACES),
              SEPARATORS.or(ASCII_SPACES).or(Kinds.of(0x85))); // a control character
      case DIGIT -> exactly(DIGITS);
      case WORD ->
          between(
              LETTERS.or(MARKS).or(DIGITS).or(Kinds.of('_')),
              LETTERS.or(MARKS).or(NUMBERS).or(PUNCTUATION).or(SYMBOLS)); // such as U+203F, U+24B6
      case HEX_DIGIT -> {
        Kinds digits = Kinds.NONE;
        for (int digit = 0; digit < 16; digit++) {
          char sign = Character.forDigit(digit, 16);
          digits = digits.or(Kinds.of(sign)).or(Kinds.of(Character.toUpperCase(sign)));
        }
        yield new CharacterMask(digits, digits);
      }
    };
  }

  CharacterMask or(CharacterMask other) {
    return new CharacterMask(some.or(other.some), whole.or(other.whole));
  }

  /** Whether the set holds nothing. */
  boolean isEmpty() {
    return some.isEmpty();
  }

  /** Whether no character can be in both. */
  boolean excludes(CharacterMask other) {
    return some.and(other.some).isEmpty();
  }

  /** Whether each character of the other is in this. */
  boolean covers(CharacterMask other) {
    return other.some.and(whole.not()).isEmpty();
  }
}
