package dev.remora.engine.split;

import dev.remora.core.definition.SplitBehavior;
import dev.remora.core.regex.CharacterSet;
import dev.remora.core.regex.CharacterSet.Complement;
import dev.remora.core.regex.CharacterSet.Property;
import dev.remora.core.regex.CharacterSet.Range;
import dev.remora.core.regex.CharacterSet.Union;
import dev.remora.core.regex.RegexNode;
import dev.remora.core.regex.RegexNode.Alternation;
import dev.remora.core.regex.RegexNode.Greed;
import dev.remora.core.regex.RegexNode.One;
import dev.remora.core.regex.RegexNode.Repeat;
import dev.remora.core.regex.RegexNode.Sequence;
import dev.remora.engine.regex.CompiledRegex;
import dev.remora.engine.regex.NamedSet;
import java.util.ArrayList;
import java.util.List;

/** The pre-tokenizers that the reference has without a regex, over its own sets of characters. */
final class NamedSets {
  private static final CharacterSet SPACE = new Property(NamedSet.WHITESPACE_SPLIT);
  private static final CharacterSet PUNCTUATION = new Property(NamedSet.PUNCTUATION);
  private static final CharacterSet WORD = new Property(NamedSet.WHITESPACE_WORD);

  private NamedSets() {}

  private static RegexNode one(CharacterSet set) {
    return new One(set, false);
  }

  private static CharacterSet not(CharacterSet... sets) {
    return new Complement(new Union(List.of(sets)));
  }

  private static Cutter cutter(RegexNode regex, SplitBehavior behavior, boolean invert) {
    return new RegexCutter(CompiledRegex.of(regex).value(), behavior, invert);
  }

  /** BERT's: each punctuation character, and what is between those and white space. */
  static Cutter bert() {
    return new RunCutter(List.of(not(SPACE, PUNCTUATION)), List.of(PUNCTUATION));
  }

  /** {@code \w+|[^\w\s]+}, by the sets of Rust's regexes. */
  static Cutter whitespace() {
    return new RunCutter(List.of(WORD, not(WORD, SPACE)), List.of());
  }

  static Cutter whitespaceSplit() {
    return new RunCutter(List.of(not(SPACE)), List.of());
  }

  static Cutter digits(boolean individual) {
    CharacterSet digits = new Property(NamedSet.DIGITS);
    return individual
        ? new RunCutter(List.of(not(digits)), List.of(digits))
        : new RunCutter(List.of(not(digits), digits), List.of());
  }

  static Cutter punctuation(SplitBehavior behavior) {
    return cutter(one(PUNCTUATION), behavior, false);
  }

  static Cutter at(int delimiter) {
    return new RunCutter(List.of(not(new Range(delimiter, delimiter))), List.of());
  }

  /** A text itself, as a regex. */
  static RegexNode literal(String text) {
    return new Sequence(
        text.codePoints().mapToObj(letter -> one(new Range(letter, letter))).toList());
  }

  /**
   * Letters of one script, with characters that have none between and after them; such characters
   * are dropped at the start of a text.
   */
  static Cutter scripts() {
    CharacterSet none = new Property(NamedSet.script(0));
    List<RegexNode> pieces = new ArrayList<>();
    for (int script = 1; NamedSet.hasScript(script); script++) {
      CharacterSet letters = new Property(NamedSet.script(script));
      RegexNode others =
          new Repeat(one(new Union(List.of(letters, none))), 0, Repeat.UNBOUNDED, Greed.GREEDY);
      pieces.add(new Sequence(List.of(one(letters), others)));
    }
    return cutter(new Alternation(pieces), SplitBehavior.REMOVED, true);
  }
}
