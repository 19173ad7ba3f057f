package dev.remora.engine.regex;

import dev.remora.core.regex.RegexNode;
import dev.remora.core.regex.RegexNode.Alternation;
import dev.remora.core.regex.RegexNode.Anchor;
import dev.remora.core.regex.RegexNode.Atomic;
import dev.remora.core.regex.RegexNode.Direction;
import dev.remora.core.regex.RegexNode.Greed;
import dev.remora.core.regex.RegexNode.Look;
import dev.remora.core.regex.RegexNode.One;
import dev.remora.core.regex.RegexNode.Repeat;
import dev.remora.core.regex.RegexNode.Sequence;
import dev.remora.engine.regex.Node.Check;
import dev.remora.engine.regex.Node.Done;
import dev.remora.engine.regex.Node.Fork;
import dev.remora.engine.regex.Node.Place;
import dev.remora.engine.regex.Node.Sees;
import dev.remora.engine.regex.Node.Take;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes steps of a regex that has been read, each after those that follow it. Of one regex; not
 * thread-safe.
 */
final class GraphBuilder {
  private static final int MAX_NODES = 1 << 11;
  private static final CodePointSet LINE_FEED = CodePointSet.of('\n', '\n');

  private int count;

  /** The first step of a regex, whose last is a {@link Done}. */
  static Node build(RegexNode root) {
    return new GraphBuilder().build(root, new Done(), true);
  }

  private <T extends Node> T counted(T node) {
    if (++count > MAX_NODES) {
      throw new UnsupportedRegexException("has more than " + MAX_NODES + " steps");
    }
    return node;
  }

  private Node take(CodePointSet set, boolean ignoresCase, Node next) {
    return counted(new Take(set, ignoresCase, next));
  }

  private Node check(Node.Condition condition, Node next) {
    return counted(new Check(condition, next));
  }

  private Node fork(List<Node> branches) {
    Fork fork = counted(new Fork());
    fork.branches = branches;
    return fork;
  }

  /** The first step of a part; where not {@code ahead}, it is taken from its end to its start. */
  private Node build(RegexNode part, Node next, boolean ahead) {
    if (part instanceof One one) {
      return take(SetResolver.codePoints(one), one.ignoreCase(), next);
    }
    if (part instanceof Sequence sequence) {
      return sequence(sequence.parts(), next, ahead);
    }
    if (part instanceof Alternation alternation) {
      return fork(
          alternation.branches().stream().map(branch -> build(branch, next, ahead)).toList());
    }
    if (part instanceof Repeat repeat) {
      return repeat.greed() == Greed.POSSESSIVE
          ? atomic(
              new Repeat(repeat.body(), repeat.least(), repeat.most(), Greed.GREEDY), next, ahead)
          : repeat(repeat, next, ahead);
    }
    if (part instanceof Atomic atomic) {
      return atomic(atomic.body(), next, ahead);
    }
    if (part instanceof Look look) {
      boolean looksAhead = look.direction() == Direction.AHEAD;
      if (!looksAhead && !isWidth(look.body()) && !isNeighbor(look.body())) {
        throw new UnsupportedRegexException("looks behind for more than characters: " + look);
      }
      Node start = build(look.body(), new Done(), looksAhead);
      return check(new Sees(start, looksAhead, look.negative()), next);
    }
    return anchor((Anchor) part, next);
  }

  /** Whether a part takes characters and asks for nothing else. */
  private static boolean isWidth(RegexNode part) {
    if (part instanceof Sequence sequence) {
      return !sequence.parts().isEmpty()
          && sequence.parts().stream().allMatch(GraphBuilder::isWidth);
    }
    if (part instanceof Alternation alternation) {
      return alternation.branches().stream().allMatch(GraphBuilder::isWidth);
    }
    if (part instanceof Repeat repeat) {
      return repeat.least() > 0 && isWidth(repeat.body());
    }
    return part instanceof One;
  }

  /** Whether a part is a character, a place, or one of several of those. */
  private static boolean isNeighbor(RegexNode part) {
    return part instanceof Alternation alternation
        ? alternation.branches().stream().allMatch(branch -> isNeighbor(branch))
        : part instanceof One || part instanceof Anchor;
  }

  private Node sequence(List<RegexNode> parts, Node next, boolean ahead) {
    Node start = next;
    for (int index = 0; index < parts.size(); index++) {
      start = build(parts.get(ahead ? parts.size() - 1 - index : index), start, ahead);
    }
    return start;
  }

  private Node anchor(Anchor anchor, Node next) {
    if (anchor != Anchor.LAST_LINE_END) {
      return check(new Place(anchor), next);
    }
    Node end = check(new Place(Anchor.TEXT_END), new Done());
    Node lineFeed = take(LINE_FEED, false, end);
    return fork(
        List.of(
            check(new Place(Anchor.TEXT_END), next), check(new Sees(lineFeed, true, false), next)));
  }

  private Node repeat(Repeat repeat, Node next, boolean ahead) {
    boolean counts = repeat.isUnbounded() ? repeat.least() > 1 : repeat.most() > 1;
    if (counts && mayBeNothing(repeat.body())) {
      // Whether a round of nothing ends the repetition depends on how the reference lays it out.
      throw new UnsupportedRegexException("counts what may be nothing: " + repeat);
    }
    boolean lazy = repeat.greed() == Greed.LAZY;
    Node start = next;
    if (repeat.isUnbounded()) {
      start = loop(repeat.body(), next, lazy, ahead);
    } else {
      for (int left = repeat.most() - repeat.least(); left > 0; left--) {
        Node body = build(repeat.body(), start, ahead);
        start = fork(lazy ? List.of(next, body) : List.of(body, next));
      }
    }
    for (int left = repeat.least(); left > 0; left--) {
      start = build(repeat.body(), start, ahead);
    }
    return start;
  }

  private static boolean mayBeNothing(RegexNode part) {
    if (part instanceof One) {
      return false;
    }
    if (part instanceof Sequence sequence) {
      return sequence.parts().stream().allMatch(GraphBuilder::mayBeNothing);
    }
    if (part instanceof Alternation alternation) {
      return alternation.branches().stream().anyMatch(GraphBuilder::mayBeNothing);
    }
    if (part instanceof Repeat repeat) {
      return repeat.least() == 0 || mayBeNothing(repeat.body());
    }
    return !(part instanceof Atomic atomic) || mayBeNothing(atomic.body());
  }

  private Node loop(RegexNode part, Node next, boolean lazy, boolean ahead) {
    Fork loop = counted(new Fork());
    Node body = build(part, loop, ahead);
    Node first = withoutProgress(body, loop, next, new HashMap<>());
    loop.branches = lazy ? List.of(next, first) : List.of(first, next);
    return loop;
  }

  /**
   * The same steps up to the first character, but a round of the loop that takes none ends the
   * loop, as a round of backtracking does.
   */
  private Node withoutProgress(Node node, Fork loop, Node exit, Map<Node, Node> made) {
    if (node == loop) {
      return exit;
    }
    Node known = made.get(node);
    if (known != null) {
      return known;
    }
    Node same = node;
    if (node instanceof Fork fork) {
      List<Node> branches =
          fork.branches.stream().map(branch -> withoutProgress(branch, loop, exit, made)).toList();
      same = branches.equals(fork.branches) ? node : fork(branches);
    } else if (node instanceof Check check) {
      Node next = withoutProgress(check.next, loop, exit, made);
      same = next == check.next ? node : check(check.condition, next);
    }
    made.put(node, same);
    return same;
  }

  /**
   * A part whose first match is the only one that counts: a branch is taken where none before it
   * leads to the part's own end.
   */
  private Node atomic(RegexNode part, Node next, boolean ahead) {
    if (!ahead) {
      throw new UnsupportedRegexException("has an atomic group within a look behind: " + part);
    }
    Node body = build(part, new Done(), true);
    return decided(body, next, new HashMap<>());
  }

  private Node decided(Node node, Node next, Map<Node, Node> made) {
    if (node instanceof Done) {
      return next;
    }
    Node known = made.get(node);
    if (known != null) {
      return known;
    }
    if (node instanceof Fork fork) {
      Fork decided = counted(new Fork());
      made.put(node, decided);
      decided.branches = decidedBranches(fork.branches, next, made);
      return decided;
    }
    Node same;
    if (node instanceof Take take) {
      same = take(take.set, take.ignoresCase, decided(take.next, next, made));
    } else {
      Check check = (Check) node;
      same = check(check.condition, decided(check.next, next, made));
    }
    made.put(node, same);
    return same;
  }

  private List<Node> decidedBranches(List<Node> branches, Node next, Map<Node, Node> made) {
    Node first = decided(branches.get(0), next, made);
    if (branches.size() == 1) {
      return List.of(first);
    }
    Node others = fork(decidedBranches(branches.subList(1, branches.size()), next, made));
    return List.of(first, check(new Sees(branches.get(0), true, true), others));
  }
}
