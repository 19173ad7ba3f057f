package dev.remora.engine.normalize;

import static dev.remora.engine.text.GraphemeClasses.CLASS;
import static dev.remora.engine.text.GraphemeClasses.CLOSED_SYLLABLE;
import static dev.remora.engine.text.GraphemeClasses.CONJOINING;
import static dev.remora.engine.text.GraphemeClasses.CONSONANT;
import static dev.remora.engine.text.GraphemeClasses.CONTROL;
import static dev.remora.engine.text.GraphemeClasses.CR;
import static dev.remora.engine.text.GraphemeClasses.EXTEND;
import static dev.remora.engine.text.GraphemeClasses.LEAD;
import static dev.remora.engine.text.GraphemeClasses.LF;
import static dev.remora.engine.text.GraphemeClasses.LINKER;
import static dev.remora.engine.text.GraphemeClasses.OPEN_SYLLABLE;
import static dev.remora.engine.text.GraphemeClasses.OTHER;
import static dev.remora.engine.text.GraphemeClasses.PICTOGRAPH;
import static dev.remora.engine.text.GraphemeClasses.PREPEND;
import static dev.remora.engine.text.GraphemeClasses.SPACING;
import static dev.remora.engine.text.GraphemeClasses.TAIL;
import static dev.remora.engine.text.GraphemeClasses.VOWEL;
import static dev.remora.engine.text.GraphemeClasses.ZWJ;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.GraphemeClasses;

/**
 * Where the clusters of a text end that a reader takes for one character: Unicode's annex 29, as
 * far as {@link GraphemeClasses} tells characters apart.
 */
final class GraphemeScanner {
  private GraphemeScanner() {}

  /** The end of the cluster that begins at a place before {@code to}. */
  static int end(byte[] bytes, int from, int to) {
    int at = from + Utf8.lengthOf(bytes[from]);
    if (at >= to || ((bytes[from] | bytes[at]) >= 0 && bytes[from] != '\r')) {
      return at; // ASCII joins only with what is not
    }
    int before = GraphemeClasses.of(Utf8.codePointAt(bytes, from));
    boolean pictograph = false; // a pictograph, extended, comes before
    boolean joined = false; // the same and a joiner
    boolean consonant = false; // a consonant, and what may stand after it, comes before
    boolean linked = false; // the same, with a linker
    while (true) {
      int kind = before & CLASS;
      joined = kind == ZWJ && pictograph;
      pictograph = kind == PICTOGRAPH || (pictograph && kind == EXTEND);
      linked = (linked && (before & (LINKER | CONJOINING)) != 0) || (consonant && isLinker(before));
      consonant = kind == CONSONANT || (consonant && (before & (LINKER | CONJOINING)) != 0);
      if (at >= to) {
        return at;
      }
      int next = GraphemeClasses.of(Utf8.codePointAt(bytes, at));
      int follower = next & CLASS;
      boolean joins =
          joins(kind, follower)
              || (joined && follower == PICTOGRAPH)
              || (linked && follower == CONSONANT);
      if (!joins) {
        return at;
      }
      at += Utf8.lengthOf(bytes[at]);
      before = next;
    }
  }

  /**
   * Whether a character may join another; those that may not do not join each other, whatever is
   * around them.
   */
  static boolean mayJoin(int codePoint) {
    return switch (GraphemeClasses.of(codePoint)) { // a class without flags
      case OTHER, LF, CONTROL, PICTOGRAPH, OPEN_SYLLABLE, CLOSED_SYLLABLE, CONSONANT -> false;
      default -> true;
    };
  }

  private static boolean isLinker(int character) {
    return (character & LINKER) != 0;
  }

  private static boolean joins(int before, int after) {
    if (before == CR) {
      return after == LF;
    }
    if (before == LF || before == CONTROL || after == CR || after == LF || after == CONTROL) {
      return false;
    }
    return switch (after) {
      case EXTEND, ZWJ, SPACING -> true;
      case LEAD, OPEN_SYLLABLE, CLOSED_SYLLABLE -> before == LEAD || before == PREPEND;
      case VOWEL ->
          before == LEAD || before == VOWEL || before == OPEN_SYLLABLE || before == PREPEND;
      case TAIL ->
          before == VOWEL
              || before == TAIL
              || before == OPEN_SYLLABLE
              || before == CLOSED_SYLLABLE
              || before == PREPEND;
      default -> before == PREPEND;
    };
  }
}
