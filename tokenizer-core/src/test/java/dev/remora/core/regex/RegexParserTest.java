package dev.remora.core.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.core.regex.CharacterSet.Complement;
import dev.remora.core.regex.CharacterSet.Intersection;
import dev.remora.core.regex.CharacterSet.Posix;
import dev.remora.core.regex.CharacterSet.Property;
import dev.remora.core.regex.CharacterSet.Range;
import dev.remora.core.regex.CharacterSet.Shorthand;
import dev.remora.core.regex.CharacterSet.Union;
import dev.remora.core.regex.RegexNode.Alternation;
import dev.remora.core.regex.RegexNode.Anchor;
import dev.remora.core.regex.RegexNode.Atomic;
import dev.remora.core.regex.RegexNode.Direction;
import dev.remora.core.regex.RegexNode.Greed;
import dev.remora.core.regex.RegexNode.Look;
import dev.remora.core.regex.RegexNode.One;
import dev.remora.core.regex.RegexNode.Repeat;
import dev.remora.core.regex.RegexNode.Sequence;
import dev.remora.core.regex.RegexReading.NotRead;
import dev.remora.core.regex.RegexReading.Read;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Oniguruma's dialect, as its manual (doc/RE) gives it. */
final class RegexParserTest {
  private static RegexNode read(String expression) {
    return assertInstanceOf(Read.class, RegexParser.parse(expression), expression).root();
  }

  private static One one(CharacterSet set) {
    return new One(set, false);
  }

  private static One one(char unit) {
    return one(Range.of(unit));
  }

  private static Repeat repeat(RegexNode body, int least, int most, Greed greed) {
    return new Repeat(body, least, most, greed);
  }

  @Test
  void parse_empty_isNothing() {
    assertEquals(new Sequence(List.of()), read(""));
  }

  @Test
  void parse_branches_areTheLastThingToBind() {
    assertEquals(
        new Alternation(
            List.of(new Sequence(List.of(one('a'), one('b'))), one('c'), new Sequence(List.of()))),
        read("ab|c|"));
  }

  @Test
  void parse_groups_leaveNoTrace() {
    for (String group : List.of("(ab)", "(?:ab)", "(?<name>ab)")) {
      assertEquals(new Sequence(List.of(one('a'), one('b'))), read(group));
    }
    assertEquals(new Atomic(one('a')), read("(?>a)"));
  }

  @Test
  void parse_looks_keepDirectionAndSign() {
    assertEquals(new Look(one('a'), Direction.AHEAD, false), read("(?=a)"));
    assertEquals(new Look(one('a'), Direction.AHEAD, true), read("(?!a)"));
    assertEquals(new Look(one('a'), Direction.BEHIND, false), read("(?<=a)"));
    assertEquals(new Look(one('a'), Direction.BEHIND, true), read("(?<!a)"));
  }

  @Test
  void parse_quantifiers_haveTheirGreed() {
    int any = Repeat.UNBOUNDED;
    assertEquals(repeat(one('a'), 0, any, Greed.GREEDY), read("a*"));
    assertEquals(repeat(one('a'), 1, any, Greed.LAZY), read("a+?"));
    assertEquals(repeat(one('a'), 0, 1, Greed.POSSESSIVE), read("a?+"));
    assertEquals(repeat(one('a'), 2, 3, Greed.GREEDY), read("a{2,3}"));
    assertEquals(repeat(one('a'), 2, any, Greed.GREEDY), read("a{2,}"));
    assertEquals(repeat(one('a'), 0, 3, Greed.GREEDY), read("a{,3}"));
    assertEquals(repeat(one('a'), 2, 3, Greed.LAZY), read("a{2,3}?"));
  }

  @Test
  void parse_signAfterACount_isARepetitionOfItsOwn() {
    Repeat two = repeat(one('a'), 2, 2, Greed.GREEDY);
    assertEquals(repeat(two, 0, 1, Greed.GREEDY), read("a{2}?"));
    assertEquals(repeat(two, 1, Repeat.UNBOUNDED, Greed.GREEDY), read("a{2}+"));
    Repeat range = repeat(one('a'), 1, 3, Greed.GREEDY);
    assertEquals(repeat(range, 1, Repeat.UNBOUNDED, Greed.GREEDY), read("a{1,3}+"));
  }

  @Test
  void parse_braceThatIsNoCount_isABrace() {
    assertEquals(new Sequence(List.of(one('a'), one('{'), one('x'), one('}'))), read("a{x}"));
    assertEquals(new Sequence(List.of(one('a'), one('{'), one(','), one('}'))), read("a{,}"));
  }

  @Test
  void parse_dot_isAllButALineFeed() {
    assertEquals(one(new Complement(Range.of('\n'))), read("."));
    assertEquals(one(new Range(0, Character.MAX_CODE_POINT)), read("(?m:.)"));
  }

  @Test
  void parse_options_reachToTheEndOfTheirGroup() {
    assertEquals(new One(Range.of('a'), true), read("(?i:a)"));
    assertEquals(new Sequence(List.of(new One(Range.of('a'), true), one('b'))), read("(?i:a)b"));
    assertEquals(new Sequence(List.of(one('a'), one('b'))), read("(?i-i:a)b"));
  }

  @Test
  void parse_optionsWithoutAGroup_takeTheOtherBranchesAlong() {
    assertEquals(
        new Sequence(
            List.of(
                one('a'),
                new Alternation(
                    List.of(new One(Range.of('b'), true), new One(Range.of('c'), true))))),
        read("a(?i)b|c"));
  }

  @Test
  void parse_anchors_takeNothing() {
    assertEquals(new Sequence(List.of(Anchor.values())), read("^$\\A\\z\\Z\\b\\B"));
  }

  @Test
  void parse_escapes_areTheirCharacters() {
    assertEquals(
        new Sequence(
            List.of(one('\t'), one('\n'), one('.'), one('A'), one('\u4E00'), one('\u00e9'))),
        read("\\t\\n\\.\\x41\\u4E00\\x{e9}"));
    assertEquals(one(Range.of(0x1F988)), read("\uD83E\uDD88"));
  }

  @Test
  void parse_properties_haveOneSpelling() {
    assertEquals(one(new Property("lu")), read("\\p{Lu}"));
    assertEquals(one(new Property("otherletter")), read("\\p{Other_Letter}"));
    assertEquals(one(new Complement(new Property("l"))), read("\\P{L}"));
    assertEquals(one(new Complement(new Property("l"))), read("\\p{^L}"));
    assertEquals(one(new Complement(new Complement(new Property("l")))), read("\\P{^L}"));
  }

  @Test
  void parse_setsOutsideBrackets_keepTheirCase() {
    assertEquals(one(new Property("lu")), read("(?i:\\p{Lu})"));
    assertEquals(one(new Complement(Shorthand.WORD)), read("(?i:\\W)"));
    assertEquals(new One(new Property("lu"), true), read("(?i:[\\p{Lu}])"));
    assertEquals(new One(Range.of('A'), true), read("(?i:\\x41)"));
  }

  @Test
  void parse_sets_nestAndIntersect() {
    assertEquals(one(new Range('a', 'z')), read("[a-z]"));
    assertEquals(
        one(new Union(List.of(new Range('a', 'c'), Range.of('-'), Shorthand.SPACE))),
        read("[a-c\\-\\s]"));
    assertEquals(one(new Union(List.of(Range.of('a'), Range.of('-')))), read("[a-]"));
    assertEquals(
        one(new Complement(new Union(List.of(Range.of('('), Shorthand.SPACE, Range.of('!'))))),
        read("[^(\\s[!]]"));
    assertEquals(
        one(new Intersection(new Property("l"), new Complement(new Property("han")))),
        read("[\\p{L}&&[^\\p{Han}]]"));
    assertEquals(one(new Union(List.of(Range.of(']'), Range.of('a')))), read("[]a]"));
    assertEquals(one(new Posix("alpha")), read("[[:alpha:]]"));
    assertEquals(one(new Complement(new Posix("alpha"))), read("[[:^alpha:]]"));
  }

  @ParameterizedTest
  @EnumSource
  void toString_ofKnownRegex_isReadAsTheSame(KnownRegex known) {
    for (String expression : known.expressions()) {
      RegexNode node = read(expression);
      assertEquals(node, read(node.toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a|",
        "(ab)c",
        "(?i:a[bc])",
        "a*?b+?c??",
        "a*+b++c?+",
        "a{2,3}?b{2}c{4,}d{,5}",
        "a{2}+",
        "(?>a|b)",
        "(?=a)(?!b)(?<=c)(?<!d)",
        "^$\\A\\z\\Z\\b\\B",
        ".(?m:.)",
        "[^\\s\\D\\w\\H]",
        "[\\p{L}&&[^\\P{Han}a-z]]",
        "[[:alpha:][:^punct:]]",
        "(?i:\\p{Lu}[\\p{Lu}])",
        "🦈[]x]"
      })
  void toString_ofEachPart_isReadAsTheSame(String expression) {
    RegexNode node = read(expression);
    assertEquals(node, read(node.toString()), node.toString());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "(,1",
        "a),1",
        "*a,0",
        "(|+),2",
        "[a,2",
        "[],2",
        "[a&&],4",
        "[b-a],4",
        "[\\d-z],3",
        "[a-c-e],4",
        "a{3;2},6",
        "a{10000},7",
        "(a)\\1,4",
        "\\k<a>,1",
        "\\g<a>,1",
        "\\K,1",
        "\\G,1",
        "\\R,1",
        "\\X,1",
        "(?~a),2",
        "(?x:a),2",
        "(?(1)a),2",
        "(?<1>a),3",
        "\\pL,2",
        "\\p{+},5",
        "\\x{110000},10",
        "\\uD800,6",
        "\\xE4,2",
        "\\,1"
      })
  void parse_whatIsNotKnown_isNotReadAndSaysWhere(String expression, int at) {
    NotRead reading =
        assertInstanceOf(NotRead.class, RegexParser.parse(expression.replace(';', ',')));
    assertEquals(at, reading.at(), reading.problem());
  }

  @Test
  void parse_nesting_isBounded() {
    String deepest = "(".repeat(63) + ")".repeat(63);
    assertInstanceOf(Read.class, RegexParser.parse(deepest));
    for (String deep :
        List.of(
            "(" + deepest + ")",
            "(".repeat(100_000),
            "[".repeat(100_000),
            "(?i)".repeat(100_000),
            "a" + "{2}".repeat(100_000))) {
      NotRead reading = assertInstanceOf(NotRead.class, RegexParser.parse(deep));
      assertTrue(
          reading.problem().contains("within each other")
              || reading.problem().contains("of each other"),
          reading.problem());
    }
  }

  @Test
  void parse_unpairedSurrogate_isNotRead() {
    assertInstanceOf(NotRead.class, RegexParser.parse("a\uD83E"));
    assertInstanceOf(NotRead.class, RegexParser.parse("[\uDD88]"));
  }
}
