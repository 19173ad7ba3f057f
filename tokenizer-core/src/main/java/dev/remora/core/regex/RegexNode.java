package dev.remora.core.regex;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of a regular expression in the dialect of Oniguruma, as {@link RegexParser} reads it.
 * Groups leave no trace: what they capture is of no use to a tokenizer. Options such as {@code
 * (?i)} are in the parts that they change. The {@code toString} of a part is an expression that is
 * read as that part.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface RegexNode {
  /**
   * One character of a set.
   *
   * @param set which characters
   * @param ignoreCase whether those that differ in case only count as one
   */
  record One(CharacterSet set, boolean ignoreCase) implements RegexNode {
    @Override
    public String toString() {
      return ignoreCase ? "(?i:[" + set + "])" : set.toString();
    }
  }

  /** One part after the other; nothing for no parts. */
  record Sequence(List<RegexNode> parts) implements RegexNode {
    /** Keeps a copy of the list. */
    public Sequence {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return parts.stream().map(RegexNode::toString).collect(Collectors.joining("", "(?:", ")"));
    }
  }

  /** The first branch that leads to a match. */
  record Alternation(List<RegexNode> branches) implements RegexNode {
    /** Keeps a copy of the list. */
    public Alternation {
      branches = List.copyOf(branches);
    }

    @Override
    public String toString() {
      return branches.stream()
          .map(RegexNode::toString)
          .collect(Collectors.joining("|", "(?:", ")"));
    }
  }

  /**
   * A part again and again.
   *
   * @param body what is repeated
   * @param least how often at least
   * @param most how often at most; {@link #UNBOUNDED} for any number
   * @param greed which count is tried first, and whether others are tried
   */
  record Repeat(RegexNode body, int least, int most, Greed greed) implements RegexNode {
    /** No bound on the count. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** Whether the count has no bound. */
    public boolean isUnbounded() {
      return most == UNBOUNDED;
    }

    @Override
    public String toString() {
      if (greed == Greed.POSSESSIVE) { // which no interval is
        return "(?:" + body + ")" + (!isUnbounded() ? "?+" : least == 0 ? "*+" : "++");
      }
      String interval = "{" + least + "," + (isUnbounded() ? "" : most) + "}";
      return "(?:" + body + ")" + interval + (greed == Greed.LAZY ? "?" : "");
    }
  }

  /** Which count a {@link Repeat} tries first. */
  enum Greed {
    /** The highest, then lower ones. */
    GREEDY,
    /** The lowest, then higher ones. */
    LAZY,
    /** The highest only. */
    POSSESSIVE
  }

  /** A part whose first match is the only one that counts. */
  record Atomic(RegexNode body) implements RegexNode {
    @Override
    public String toString() {
      return "(?>" + body + ")";
    }
  }

  /**
   * Whether a part matches here, taking nothing.
   *
   * @param body what is looked for
   * @param direction where
   * @param negative whether it must not match
   */
  record Look(RegexNode body, Direction direction, boolean negative) implements RegexNode {
    @Override
    public String toString() {
      return "(?"
          + (direction == Direction.BEHIND ? "<" : "")
          + (negative ? "!" : "=")
          + body
          + ")";
    }
  }

  /** Where a {@link Look} looks. */
  enum Direction {
    /** After this place. */
    AHEAD,
    /** Before this place. */
    BEHIND
  }

  /** A place, taking nothing. */
  enum Anchor implements RegexNode {
    /** {@code ^}: the start of a line. */
    LINE_START("^"),
    /** {@code $}: the end of a line. */
    LINE_END("$"),
    /** {@code \A}: the start of the text. */
    TEXT_START("\\A"),
    /** {@code \z}: the end of the text. */
    TEXT_END("\\z"),
    /** {@code \Z}: the end of the text, or before its last line break. */
    LAST_LINE_END("\\Z"),
    /** {@code \b}: between a word character and another. */
    WORD_BOUNDARY("\\b"),
    /** {@code \B}: not between a word character and another. */
    NO_WORD_BOUNDARY("\\B");

    private final String expression;

    Anchor(String expression) {
      this.expression = expression;
    }

    @Override
    public String toString() {
      return expression;
    }
  }
}
