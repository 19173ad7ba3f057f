package dev.remora.engine.regex;

import dev.remora.core.regex.RegexNode.Anchor;
import java.util.List;

/**
 * A step of a regex that is being compiled: what it takes or asks for, and the steps after it.
 * Steps form a graph, as loops lead back; but each way back takes a character. Not thread-safe.
 */
sealed interface Node {
  /** One character of a set. */
  final class Take implements Node {
    final CodePointSet set;
    final boolean ignoresCase;
    final Node next;

    Take(CodePointSet set, boolean ignoresCase, Node next) {
      this.set = set;
      this.ignoresCase = ignoresCase;
      this.next = next;
    }
  }

  /** The first branch that leads to a match; branches are set once they are made. */
  final class Fork implements Node {
    List<Node> branches = List.of();
  }

  /** Nothing, if a condition holds here. */
  final class Check implements Node {
    final Condition condition;
    final Node next;

    Check(Condition condition, Node next) {
      this.condition = condition;
      this.next = next;
    }
  }

  /** A match ends here. */
  final class Done implements Node {}

  /** What a {@link Check} asks for. */
  sealed interface Condition {}

  /** That it is such a place. */
  record Place(Anchor anchor) implements Condition {}

  /**
   * That steps lead to their {@link Done} from here, or that they do not.
   *
   * @param start the first of them
   * @param ahead whether they take what is after this place, or, from the last character to the
   *     first, what is before it
   * @param negative whether they must not
   */
  record Sees(Node start, boolean ahead, boolean negative) implements Condition {}
}
