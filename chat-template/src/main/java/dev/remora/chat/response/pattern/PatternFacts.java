package dev.remora.chat.response.pattern;

import dev.remora.chat.response.pattern.PatternNode.Alternation;
import dev.remora.chat.response.pattern.PatternNode.Atomic;
import dev.remora.chat.response.pattern.PatternNode.Group;
import dev.remora.chat.response.pattern.PatternNode.Literal;
import dev.remora.chat.response.pattern.PatternNode.Look;
import dev.remora.chat.response.pattern.PatternNode.OneOf;
import dev.remora.chat.response.pattern.PatternNode.Place;
import dev.remora.chat.response.pattern.PatternNode.Reference;
import dev.remora.chat.response.pattern.PatternNode.Repeat;
import dev.remora.chat.response.pattern.PatternNode.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be told of a pattern without a text. */
final class PatternFacts {
  private PatternFacts() {}

  /** The parts of a part. */
  private static List<PatternNode> parts(PatternNode node) {
    if (node instanceof Sequence sequence) {
      return sequence.parts();
    }
    if (node instanceof Alternation alternation) {
      return alternation.branches();
    }
    if (node instanceof Repeat repeat) {
      return List.of(repeat.body());
    }
    if (node instanceof Group group) {
      return List.of(group.body());
    }
    if (node instanceof Atomic atomic) {
      return List.of(atomic.body());
    }
    return node instanceof Look look ? List.of(look.body()) : List.of();
  }

  static boolean hasReference(PatternNode node) {
    return node instanceof Reference || parts(node).stream().anyMatch(PatternFacts::hasReference);
  }

  static boolean mayBeEmpty(PatternNode node) {
    if (node instanceof Literal || node instanceof OneOf) {
      return false;
    }
    if (node instanceof Sequence sequence) {
      return sequence.parts().stream().allMatch(PatternFacts::mayBeEmpty);
    }
    return mayBeLeftOut(node)
        || node instanceof Look
        || parts(node).isEmpty()
        || parts(node).stream().anyMatch(PatternFacts::mayBeEmpty);
  }

  /** The set of a part that is one character; null if it is another. */
  static @Nullable CharacterTest single(PatternNode node) {
    if (node instanceof Literal literal) {
      return CharacterTest.one(literal.codePoint());
    }
    return node instanceof OneOf oneOf ? oneOf.test() : null;
  }

  /** The text with which every match begins; may be empty. */
  static String prefix(PatternNode node) {
    StringBuilder prefix = new StringBuilder();
    addPrefix(node, prefix);
    return prefix.toString();
  }

  /** Whether the part is nothing but some text. */
  static boolean isLiteral(PatternNode node) {
    StringBuilder text = new StringBuilder();
    return addPrefix(node, text) && text.length() > 0;
  }

  /** Whether the part is nothing but what was added, so that more may follow. */
  private static boolean addPrefix(PatternNode node, StringBuilder prefix) {
    if (node instanceof Literal literal) {
      prefix.appendCodePoint(literal.codePoint());
      return true;
    }
    if (node instanceof Sequence sequence) {
      return sequence.parts().stream().allMatch(part -> addPrefix(part, prefix));
    }
    if (node instanceof Repeat repeat && repeat.least() > 0) {
      addPrefix(repeat.body(), prefix);
    }
    return node instanceof Group group && addPrefix(group.body(), prefix);
  }

  /**
   * The characters before which a match may begin; one that takes nothing at the end of a text does
   * not count.
   */
  static CharacterTest starts(PatternNode node) {
    Start start = start(node);
    return start.isOpen() ? CharacterTest.ANY : start.before();
  }

  /**
   * What is known of the place where a part begins.
   *
   * @param before the characters before which it may
   * @param isOpen whether it may before any other too, if what follows it allows
   */
  private record Start(CharacterTest before, boolean isOpen) {
    Start or(Start other, boolean open) {
      return new Start(before.or(other.before), open);
    }
  }

  private static Start start(PatternNode node) {
    CharacterTest single = single(node);
    if (single != null) {
      return new Start(single, false);
    }
    if (node instanceof Reference) {
      return new Start(CharacterTest.ANY, false);
    }
    if (node instanceof Place place) {
      return start(place);
    }
    if (node instanceof Look look && (look.negative() || look.behind())) {
      return new Start(CharacterTest.NONE, true);
    }
    boolean inTurn = node instanceof Sequence;
    Start all = new Start(CharacterTest.NONE, inTurn || mayBeLeftOut(node));
    for (PatternNode part : parts(node)) {
      Start start = start(part);
      all = all.or(start, inTurn ? start.isOpen() : all.isOpen() || start.isOpen());
      if (inTurn && !start.isOpen()) {
        return all;
      }
    }
    return all;
  }

  private static boolean mayBeLeftOut(PatternNode node) {
    return node instanceof Repeat repeat && repeat.least() == 0;
  }

  private static Start start(Place place) {
    return switch (place) {
      case END -> new Start(CharacterTest.NONE, false);
      case LAST_LINE_END, LINE_END -> new Start(CharacterTest.one('\n'), false);
      case START, LINE_START, BOUNDARY, NO_BOUNDARY -> new Start(CharacterTest.NONE, true);
    };
  }
}
