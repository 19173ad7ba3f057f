package dev.remora.chat.response.pattern;

import java.util.List;

/** A part of a pattern. Immutable and thread-safe. */
sealed interface PatternNode {
  /** No bound of a {@link Repeat}. */
  int UNBOUNDED = Integer.MAX_VALUE;

  /** The width of what does not always have the same. */
  int VARIABLE = -1;

  /** How many code points it takes: always the same number, or {@link #VARIABLE}. */
  int width();

  /** One code point. */
  record Literal(int codePoint) implements PatternNode {
    @Override
    public int width() {
      return 1;
    }
  }

  /** One code point of a set. */
  record OneOf(CharacterTest test) implements PatternNode {
    @Override
    public int width() {
      return 1;
    }
  }

  /** One part after the other. */
  record Sequence(List<PatternNode> parts) implements PatternNode {
    @Override
    public int width() {
      long width = 0;
      for (PatternNode part : parts) {
        if (part.width() == VARIABLE) {
          return VARIABLE;
        }
        width += part.width();
      }
      return width > PatternCompiler.MAX_SIZE ? VARIABLE : (int) width;
    }
  }

  /** The first branch that leads to a match. */
  record Alternation(List<PatternNode> branches) implements PatternNode {
    @Override
    public int width() {
      int width = branches.get(0).width();
      return branches.stream().allMatch(branch -> branch.width() == width) ? width : VARIABLE;
    }
  }

  /** A part again and again. */
  record Repeat(PatternNode body, int least, int most, Greed greed) implements PatternNode {
    @Override
    public int width() {
      int width = body.width();
      long all = (long) width * least;
      return width == VARIABLE || least != most || all > PatternCompiler.MAX_SIZE
          ? VARIABLE
          : (int) all;
    }
  }

  /** A part whose text is kept; number 1 and up, and those of one name share one. */
  record Group(int number, PatternNode body) implements PatternNode {
    @Override
    public int width() {
      return body.width();
    }
  }

  /** A part whose first match is the only one that counts. */
  record Atomic(PatternNode body) implements PatternNode {
    @Override
    public int width() {
      return body.width();
    }
  }

  /** Whether a part matches here, taking nothing. */
  record Look(PatternNode body, boolean behind, boolean negative) implements PatternNode {
    @Override
    public int width() {
      return 0;
    }
  }

  /** The text that a group took. */
  record Reference(int number) implements PatternNode {
    @Override
    public int width() {
      return VARIABLE;
    }
  }

  /** How often a {@link Repeat} tries first. */
  enum Greed {
    /** As often as it can. */
    GREEDY,
    /** As seldom as it can. */
    LAZY,
    /** As often as it can, and no other number. */
    POSSESSIVE
  }

  /** A place, taking nothing. */
  enum Place implements PatternNode {
    /** Where the text begins. */
    START,
    /** Where a line begins. */
    LINE_START,
    /** Where the text ends. */
    END,
    /** Where the text ends, or before the line feed that ends it. */
    LAST_LINE_END,
    /** Where a line ends. */
    LINE_END,
    /** Between a word character and another. */
    BOUNDARY,
    /** Elsewhere. */
    NO_BOUNDARY;

    /** Whether it is a matter of what stands before it. */
    boolean looksBehind() {
      return this == LINE_START || this == BOUNDARY || this == NO_BOUNDARY;
    }

    @Override
    public int width() {
      return 0;
    }
  }
}
