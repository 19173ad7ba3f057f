package dev.remora.djl;

import dev.remora.core.regex.CharacterSet.Complement;
import dev.remora.core.regex.RegexNode;
import dev.remora.core.regex.RegexNode.Alternation;
import dev.remora.core.regex.RegexNode.Atomic;
import dev.remora.core.regex.RegexNode.Direction;
import dev.remora.core.regex.RegexNode.Greed;
import dev.remora.core.regex.RegexNode.Look;
import dev.remora.core.regex.RegexNode.One;
import dev.remora.core.regex.RegexNode.Repeat;
import dev.remora.core.regex.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a search for all matches may look at the same characters again from many places, which
 * costs the square of their number: {@code \s+$} does, within white space that something follows.
 *
 * <p>It does not where a later branch of the expression takes what was looked at in vain, as {@code
 * \s*[\r\n]+|\s+} does, or where each match begins with a character that is never looked over, as
 * in {@code <[0-9]+>}. What is neither is taken to look again.
 */
final class RegexSearch {
  private final List<Branch> branches;

  private RegexSearch(List<Branch> branches) {
    this.branches = branches;
  }

  static RegexSearch of(RegexNode root) {
    List<RegexNode> nodes =
        root instanceof Alternation alternation ? alternation.branches() : List.of(root);
    return new RegexSearch(nodes.stream().map(Branch::of).toList());
  }

  /** What may be looked at from many places; empty if nothing is. */
  CharacterMask again() {
    CharacterMask again = CharacterMask.NONE;
    for (int i = 0; i < branches.size(); i++) {
      Branch branch = branches.get(i);
      if (branch.looksAhead() && !branch.beginsApart() && !isTakenAfter(i)) {
        again = again.or(branch.lookedAt());
      }
    }
    return again;
  }

  /** Whether some branch after this one takes all that this one looked at, wherever it failed. */
  private boolean isTakenAfter(int index) {
    Branch branch = branches.get(index);
    for (Branch later : branches.subList(index + 1, branches.size())) {
      if (later.takesAll(branch)) {
        return true;
      }
      if (!later.takesNearlyAll(branch)) {
        return false; // it may match, and take little
      }
    }
    return false;
  }

  /**
   * One branch of the expression.
   *
   * @param start the parts before the first that repeats, each of one character, or of one or none
   * @param rest the parts from the first that repeats on
   * @param looked the characters that are looked at in vain if the branch fails, or fails at first
   */
  private record Branch(List<RegexNode> start, List<RegexNode> rest, List<One> looked) {
    static Branch of(RegexNode node) {
      List<RegexNode> parts = node instanceof Sequence sequence ? sequence.parts() : List.of(node);
      int first = 0;
      while (first < parts.size() && isOneOrNone(parts.get(first))) {
        first++;
      }
      int vain = 0;
      for (int i = first; i < parts.size(); i++) {
        RegexFacts after = RegexFacts.of(new Sequence(parts.subList(i + 1, parts.size())));
        if (RegexFacts.of(parts.get(i)).effort(after.mayFail()).growth() > 0) {
          vain = i + 1;
        }
      }
      List<One> looked = new ArrayList<>();
      for (RegexNode part : parts.subList(first, Math.max(first, vain))) {
        collect(part, looked);
      }
      return new Branch(parts.subList(0, first), parts.subList(first, parts.size()), looked);
    }

    private static boolean isOneOrNone(RegexNode part) {
      return part instanceof One
          || (part instanceof Repeat repeat && repeat.most() == 1 && repeat.body() instanceof One);
    }

    private static void collect(RegexNode node, List<One> ones) {
      if (node instanceof One one) {
        ones.add(one);
      } else if (node instanceof Sequence sequence) {
        sequence.parts().forEach(part -> collect(part, ones));
      } else if (node instanceof Alternation alternation) {
        alternation.branches().forEach(branch -> collect(branch, ones));
      } else if (node instanceof Repeat repeat) {
        collect(repeat.body(), ones);
      } else if (node instanceof Atomic atomic) {
        collect(atomic.body(), ones);
      } else if (node instanceof Look look) {
        collect(look.body(), ones);
      }
    }

    boolean looksAhead() {
      return !looked.isEmpty();
    }

    CharacterMask lookedAt() {
      return looked.stream().map(CharacterMask::of).reduce(CharacterMask.NONE, CharacterMask::or);
    }

    /** Whether a character that each match begins with is none of those that are looked at. */
    boolean beginsApart() {
      CharacterMask lookedAt = lookedAt();
      return start.stream()
          .anyMatch(part -> part instanceof One one && CharacterMask.of(one).excludes(lookedAt));
    }

    /** Whether this branch matches where the other looked at characters, and takes them all. */
    boolean takesAll(Branch other) {
      return takesRun(other)
          && !RegexFacts.of(new Sequence(rest.subList(1, rest.size()))).mayFail();
    }

    /** Whether a match takes them all but for one at most; there may be none. */
    boolean takesNearlyAll(Branch other) {
      return takesRun(other) && (endsBehindRun() || givesBackOne());
    }

    /**
     * Whether what follows the run begins with a character that is not in it, as in {@code a*b}.
     */
    private boolean endsBehindRun() {
      RegexFacts after = RegexFacts.of(new Sequence(rest.subList(1, rest.size())));
      return !after.mayBeEmpty() && after.first().excludes(CharacterMask.of(run()));
    }

    /** Whether the run gives one character back where it must, as in {@code \s+(?!\S)}. */
    private boolean givesBackOne() {
      return rest.size() == 2
          && rest.get(1) instanceof Look look
          && look.direction() == Direction.AHEAD
          && look.negative()
          && look.body() instanceof One next
          && isComplement(next, run());
    }

    private boolean takesRun(Branch other) {
      return isSame(start, other.start)
          && !rest.isEmpty()
          && rest.get(0) instanceof Repeat repeat
          && repeat.body() instanceof One
          && repeat.isUnbounded()
          && repeat.least() <= 1
          && repeat.greed() != Greed.LAZY
          && other.looked.stream().allMatch(this::runTakes);
    }

    private One run() {
      return (One) ((Repeat) rest.get(0)).body();
    }

    private boolean runTakes(One one) {
      return isSame(one, run()) || CharacterMask.of(run()).covers(CharacterMask.of(one));
    }

    private static boolean isComplement(One one, One other) {
      return isSame(one.set(), new Complement(other.set()))
          || isSame(other.set(), new Complement(one.set()));
    }

    /**
     * Whether both are written alike. {@code equals} of a record would do, but in JDK 17 the first
     * call keeps the class loader of the record, until one of another record is called.
     */
    private static boolean isSame(Object part, Object other) {
      return part.toString().equals(other.toString());
    }
  }
}
