package dev.remora.core.regex;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A set of code points as a regular expression writes it. Its {@code toString} is such an
 * expression. Immutable and thread-safe.
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

    @Override
    public String toString() {
      return first == last ? spelled(first) : "[" + spelled(first) + "-" + spelled(last) + "]";
    }

    private static String spelled(int codePoint) {
      return "\\x{" + Integer.toHexString(codePoint) + "}";
    }
  }

  /**
   * A property of Unicode, such as a general category or a script.
   *
   * @param name its name as {@code \p} takes it: lower case, without spaces, hyphens and
   *     underscores
   */
  record Property(String name) implements CharacterSet {
    @Override
    public String toString() {
      return "\\p{" + name + "}";
    }
  }

  /**
   * A POSIX bracket, which may hold more than the property of that name.
   *
   * @param name its name as {@code [:alpha:]} has it
   */
  record Posix(String name) implements CharacterSet {
    @Override
    public String toString() {
      return "[[:" + name + ":]]";
    }
  }

  /** What {@code \s}, {@code \d}, {@code \w} and {@code \h} stand for. */
  enum Shorthand implements CharacterSet {
    /** White space. */
    SPACE("\\s"),
    /** Decimal digits. */
    DIGIT("\\d"),
    /** Letters, marks, decimal digits and connectors. */
    WORD("\\w"),
    /** Hexadecimal digits of ASCII. */
    HEX_DIGIT("\\h");

    private final String escape;

    Shorthand(String escape) {
      this.escape = escape;
    }

    @Override
    public String toString() {
      return escape;
    }
  }

  /** What any of them holds. */
  record Union(List<CharacterSet> sets) implements CharacterSet {
    /** Keeps a copy of the list. */
    public Union {
      sets = List.copyOf(sets);
    }

    @Override
    public String toString() {
      return sets.stream().map(CharacterSet::toString).collect(Collectors.joining("", "[", "]"));
    }
  }

  /** What both hold. */
  record Intersection(CharacterSet one, CharacterSet other) implements CharacterSet {
    @Override
    public String toString() {
      return "[" + one + "&&" + other + "]";
    }
  }

  /** What it does not hold. */
  record Complement(CharacterSet of) implements CharacterSet {
    @Override
    public String toString() {
      return "[^" + of + "]";
    }
  }
}
