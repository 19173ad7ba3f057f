package dev.remora.core.regex;

import java.util.List;

/**
 * A set of code points as a regular expression writes it. Immutable and thread-safe.
 *
 * <p>What a {@link Property} holds is a matter of the version of Unicode; it is not said here.
 */
public sealed interface CharacterSet {
  /** The code points from one to another, both included. */
  record Range(int first, int last) implements CharacterSet {
    /** One code point. */
    static Range of(int codePoint) {
      return new Range(codePoint, codePoint);
    }
  }

  /**
   * A property of Unicode, such as a general category or a script.
   *
   * @param name its name as {@code \p} takes it: lower case, without spaces, hyphens and
   *     underscores
   */
  record Property(String name) implements CharacterSet {}

  /** What {@code \s}, {@code \d}, {@code \w} and {@code \h} stand for. */
  enum Shorthand implements CharacterSet {
    /** White space. */
    SPACE,
    /** Decimal digits. */
    DIGIT,
    /** Letters, marks, decimal digits and connectors. */
    WORD,
    /** Hexadecimal digits of ASCII. */
    HEX_DIGIT
  }

  /** What any of them holds. */
  record Union(List<CharacterSet> sets) implements CharacterSet {
    /** Keeps a copy of the list. */
    public Union {
      sets = List.copyOf(sets);
    }
  }

  /** What both hold. */
  record Intersection(CharacterSet one, CharacterSet other) implements CharacterSet {}

  /** What it does not hold. */
  record Complement(CharacterSet of) implements CharacterSet {}
}
