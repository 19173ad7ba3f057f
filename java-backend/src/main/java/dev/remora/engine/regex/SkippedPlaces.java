package dev.remora.engine.regex;

import dev.remora.core.regex.CharacterSet;
import dev.remora.core.regex.RegexNode;
import dev.remora.core.regex.RegexNode.Alternation;
import dev.remora.core.regex.RegexNode.Anchor;
import dev.remora.core.regex.RegexNode.Atomic;
import dev.remora.core.regex.RegexNode.Greed;
import dev.remora.core.regex.RegexNode.One;
import dev.remora.core.regex.RegexNode.Repeat;
import dev.remora.core.regex.RegexNode.Sequence;
import java.util.List;

/**
 * Tells the regexes for which Oniguruma leaves places out. One that begins with a {@code .} without
 * bound it tries where the search starts and at starts of lines only: what does not match there
 * matches nowhere in the line. But it does so behind a test too, such as {@code \B.*x}, and misses
 * what would match where the test holds. When exactly depends on its layout.
 *
 * @param width what a part, or the parts up to a place, may take
 * @param tests whether what takes nothing asks for more than the start of a line
 * @param isSkipping whether it begins with a {@code .} without bound
 */
record SkippedPlaces(Width width, boolean tests, boolean isSkipping) {
  private static final SkippedPlaces NOTHING = new SkippedPlaces(Width.NONE, false, false);
  private static final SkippedPlaces TEST = new SkippedPlaces(Width.NONE, true, false);
  private static final SkippedPlaces CHARACTERS = new SkippedPlaces(Width.SOME, false, false);
  private static final SkippedPlaces ANY_OF_A_LINE = new SkippedPlaces(Width.SOME, false, true);
  private static final CharacterSet DOT =
      new CharacterSet.Complement(new CharacterSet.Range('\n', '\n'));

  private enum Width {
    NONE,
    SOME
  }

  /**
   * Refuses a regex that is matched in fewer places than it should.
   *
   * @throws UnsupportedRegexException if it is one
   */
  static void refuse(RegexNode root) {
    SkippedPlaces places = of(root);
    if (places.isSkipping && places.tests) {
      throw new UnsupportedRegexException("begins with a test and an unbounded .: " + root);
    }
  }

  private static SkippedPlaces of(RegexNode part) {
    if (part instanceof Sequence sequence) {
      return sequence(sequence.parts());
    }
    if (part instanceof Alternation alternation) {
      return alternation(alternation.branches());
    }
    if (part instanceof Repeat repeat) {
      return repeat(repeat);
    }
    if (part instanceof Atomic atomic) {
      return of(atomic.body());
    }
    if (part instanceof One) {
      return CHARACTERS;
    }
    boolean isStart = part == Anchor.LINE_START || part == Anchor.TEXT_START;
    return isStart ? NOTHING : TEST;
  }

  private static SkippedPlaces sequence(List<RegexNode> parts) {
    SkippedPlaces all = NOTHING;
    for (RegexNode part : parts) {
      SkippedPlaces next = of(part);
      all = new SkippedPlaces(next.width, all.tests || next.tests, next.isSkipping);
      if (all.width == Width.SOME) {
        break;
      }
    }
    return all;
  }

  /** It begins so if all branches do. */
  private static SkippedPlaces alternation(List<RegexNode> branches) {
    List<SkippedPlaces> all = branches.stream().map(SkippedPlaces::of).toList();
    boolean isEmpty = all.stream().allMatch(branch -> branch.width == Width.NONE);
    return new SkippedPlaces(
        isEmpty ? Width.NONE : Width.SOME,
        all.stream().anyMatch(SkippedPlaces::tests),
        all.stream().allMatch(SkippedPlaces::isSkipping));
  }

  private static SkippedPlaces repeat(Repeat repeat) {
    boolean isDot = repeat.body() instanceof One one && one.set().equals(DOT);
    if (isDot && repeat.isUnbounded() && repeat.greed() != Greed.LAZY) {
      return ANY_OF_A_LINE;
    }
    if (repeat.most() == 0) {
      return NOTHING;
    }
    SkippedPlaces body = of(repeat.body());
    return repeat.least() > 0 ? body : new SkippedPlaces(body.width, body.tests, false);
  }
}
