package dev.remora.engine.split;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.core.definition.SplitBehavior;
import dev.remora.core.regex.CharacterSet;
import dev.remora.core.regex.CharacterSet.Complement;
import dev.remora.core.regex.CharacterSet.Property;
import dev.remora.core.regex.CharacterSet.Union;
import dev.remora.core.regex.RegexNode;
import dev.remora.core.regex.RegexNode.Alternation;
import dev.remora.core.regex.RegexNode.Greed;
import dev.remora.core.regex.RegexNode.One;
import dev.remora.core.regex.RegexNode.Repeat;
import dev.remora.core.text.Utf8;
import dev.remora.engine.regex.CompiledRegex;
import dev.remora.engine.regex.NamedSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs of characters end where the regexes that say the same end their matches. */
final class RunCutterTest {
  private static final CharacterSet SPACE = new Property(NamedSet.WHITESPACE_SPLIT);
  private static final CharacterSet PUNCTUATION = new Property(NamedSet.PUNCTUATION);
  private static final CharacterSet WORD = new Property(NamedSet.WHITESPACE_WORD);
  private static final CharacterSet DIGITS = new Property(NamedSet.DIGITS);

  /** A cutter and the regex that it stands for. */
  record Pair(String name, Cutter cutter, RegexNode regex, SplitBehavior behavior, boolean invert) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Pair> pairs() {
    RegexNode bert = new Alternation(List.of(run(not(SPACE, PUNCTUATION)), one(PUNCTUATION)));
    RegexNode words = new Alternation(List.of(run(WORD), run(not(WORD, SPACE))));
    RegexNode e = one(new CharacterSet.Range('e', 'e'));
    return Stream.of(
        new Pair("Bert", NamedSets.bert(), bert, SplitBehavior.REMOVED, true),
        new Pair("Whitespace", NamedSets.whitespace(), words, SplitBehavior.REMOVED, true),
        new Pair(
            "WhitespaceSplit",
            NamedSets.whitespaceSplit(),
            run(not(SPACE)),
            SplitBehavior.REMOVED,
            true),
        new Pair("digits", NamedSets.digits(true), one(DIGITS), SplitBehavior.ISOLATED, false),
        new Pair("numbers", NamedSets.digits(false), run(DIGITS), SplitBehavior.ISOLATED, false),
        new Pair("e", NamedSets.at('e'), e, SplitBehavior.REMOVED, false));
  }

  private static CharacterSet not(CharacterSet... sets) {
    return new Complement(new Union(List.of(sets)));
  }

  private static RegexNode one(CharacterSet set) {
    return new One(set, false);
  }

  private static RegexNode run(CharacterSet set) {
    return new Repeat(one(set), 1, Repeat.UNBOUNDED, Greed.GREEDY);
  }

  private static List<String> pieces(PieceCursor cursor, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    List<String> pieces = new ArrayList<>();
    cursor.begin(Arrays.copyOf(utf8, utf8.length + Utf8.PADDING), 0, utf8.length);
    while (cursor.next()) {
      pieces.add(cursor.start() + "-" + cursor.end());
    }
    return pieces;
  }

  private static PieceCursor compiled(Pair pair) {
    CompiledRegex regex = CompiledRegex.of(pair.regex).value();
    return new RegexCutter(regex, pair.behavior, pair.invert).newCursor();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void next_ofEveryCodePoint_isTheRegexs(Pair pair) {
    PieceCursor compiled = compiled(pair);
    PieceCursor cursor = pair.cutter.newCursor();
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint == Character.MIN_SURROGATE) {
        codePoint = Character.MAX_SURROGATE + 1;
      }
      String text = "ab" + Character.toString(codePoint).repeat(2) + " 1";
      assertEquals(pieces(compiled, text), pieces(cursor, text), text);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void next_ofRandomText_isTheRegexs(Pair pair) {
    PieceCursor compiled = compiled(pair);
    PieceCursor cursor = pair.cutter.newCursor();
    SplittableRandom random = new SplittableRandom(20261127);
    String letters =
        "abcdefghijklmnopqrstuvwxyzAZ`{09 \n.-_\u00B2\u00E9\u0431\u0661\u3000\u4E2D\uFF0C";
    for (int left = 100_000; left > 0; left--) {
      StringBuilder text = new StringBuilder();
      for (int count = random.nextInt(24); count >= 0; count--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      assertEquals(pieces(compiled, text.toString()), pieces(cursor, text.toString()));
    }
  }
}
