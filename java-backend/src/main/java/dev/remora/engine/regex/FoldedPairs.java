package dev.remora.engine.regex;

import dev.remora.engine.regex.Node.Check;
import dev.remora.engine.regex.Node.Fork;
import dev.remora.engine.regex.Node.Take;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Characters side by side that are one other character, where case is ignored: {@code ss} matches
 * {@code ß}. Whether it does depends on how the reference puts a regex together, so that a regex
 * that may have them is not known.
 */
final class FoldedPairs {
  /** How the case folding of each such character begins, where that is with a letter of ASCII. */
  private static final List<String> PAIRS =
      List.of(
          "ss", "ff", "fi", "fl", "st", "i\u0307", "\u02BCn", "j\u030C", "h\u0331", "t\u0308",
          "w\u030A", "y\u030A", "a\u02BE");

  private FoldedPairs() {}

  /** Refuses steps that take such characters one after the other. */
  static void check(List<Node> nodes) {
    for (Node node : nodes) {
      if (node instanceof Take take && take.ignoresCase) {
        check(take);
      }
    }
  }

  private static void check(Take first) {
    Set<Node> seen = new HashSet<>();
    Deque<Node> waiting = new ArrayDeque<>(List.of(first.next));
    while (!waiting.isEmpty()) {
      Node node = waiting.remove();
      if (!seen.add(node)) {
        continue;
      }
      if (node instanceof Take second) {
        if (second.ignoresCase) {
          check(first.set, second.set);
        }
      } else if (node instanceof Fork fork) {
        waiting.addAll(fork.branches);
      } else if (node instanceof Check check) {
        waiting.add(check.next);
      }
    }
  }

  private static void check(CodePointSet first, CodePointSet second) {
    for (String pair : PAIRS) {
      if (isIn(pair.charAt(0), first) && isIn(pair.charAt(1), second)) {
        throw new UnsupportedRegexException(
            "ignores case of " + pair + ", which may be one character");
      }
    }
  }

  private static boolean isIn(int letter, CodePointSet set) {
    return set.contains(letter);
  }
}
