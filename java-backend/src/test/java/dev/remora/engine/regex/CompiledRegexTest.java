package dev.remora.engine.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.core.regex.KnownRegex;
import dev.remora.core.text.Utf8;
import dev.remora.engine.reading.Reading;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What regexes match, by the rules of backtracking, and how long it takes. */
final class CompiledRegexTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static CompiledRegex compiled(String expression) {
    return CompiledRegex.of(expression).value();
  }

  private static void assertMatches(String expression, String text, String... matches) {
    assertEquals(List.of(matches), Matches.of(compiled(expression).newMatcher(), text));
    assertEquals(List.of(matches), Matches.of(compiled(expression).newGuidedMatcher(), text));
  }

  @Test
  void next_ofBranches_takesTheFirstThatMatches() {
    assertMatches("a|ab", "abab", "a", "a");
    assertMatches("ab|a", "aba", "ab", "a");
    assertMatches("(?:a|ab)c", "abc", "abc");
  }

  @Test
  void next_ofRepetitions_triesTheirCountsInOrder() {
    assertMatches("a{1,2}", "aaa", "aa", "a");
    assertMatches("a+?", "aa", "a", "a");
    assertMatches("a+?b", "aab", "aab");
    assertMatches("[ab]*b", "abba", "abb");
    assertMatches("(?:ab){2,}", "ababab ab", "ababab");
  }

  @Test
  void next_ofPossessive_givesNothingBack() {
    assertMatches("a++a", "aaa");
    assertMatches("a?+a", "a aa", "aa");
    assertMatches("(?>a|ab)c", "abc ac", "ac");
    assertMatches("(?>a*b*)b|c", "aabc", "c");
    assertMatches("(?>(?:ab|a)(?:c|bcd))d", "abcd abcdd", "abcd", "abcd");
  }

  /** Where all small letters lead back to a state, they are gone through several at a time. */
  @Test
  void next_ofRunsOfLetters_endsWhereOneByOneWould() {
    String letters = "abcdefghijklmnopqrstuvwxyz";
    assertMatches("[a-z]+", letters + "A" + letters + "{", letters, letters);
    assertMatches("[a-y]+", letters + "aa", letters.substring(0, 25), "aa");
    assertMatches("[a-z]+(?=[a-z])", letters, letters.substring(0, 25));
    assertMatches("[a-z]+?(?![a-z])|A", letters + "A", letters, "A");
    assertMatches(" ?[a-z]*[a-z]\\d|[a-z]", " abc1ab", " abc1", "a", "b");
    assertMatches("[a-z]+\\b", letters + " \u00E9a\u00E9 ab", letters, "ab");
    assertMatches("(?<=x)[a-z]+|x", "axbc", "x", "bc");
  }

  @Test
  void next_ofLooks_takesNothingOfThem() {
    assertMatches("\\s+(?!\\S)|\\s", "a   b ", "  ", " ", " ");
    assertMatches("a(?=b+c)", "abbc abb", "a");
    assertMatches("(?<=ab)c|(?<!a)b", "abc b", "c", "b");
    assertMatches("(?=(\\d{3})+(?!\\d))", "12345", "");
    assertMatches("(?<=\\d)(?=(\\d{3})+$)", "1234567", "", "");
  }

  @Test
  void next_ofPlaces_knowsWhereLinesAndWordsEnd() {
    assertMatches("^a|b$|c\\z", "a\nab\nb\nc", "a", "a", "b", "b", "c");
    assertMatches("\\b\\w", "ab c", "a", "c");
    assertMatches("a\\Z", "a\na\n", "a");
  }

  @Test
  void next_ofNothing_isNotWhereTheLastEnded() {
    assertMatches("a*", "aab", "aa", "");
    assertMatches("", "ab", "", "", "");
    assertMatches("(?:|a)*", "aa", "", "", "");
  }

  @Test
  void next_withoutCase_knowsTheLongSAndTheKelvinSign() {
    assertMatches("(?i:'s|k)", "'S'\u017FKk\u212A\u00DF", "'S", "'\u017F", "K", "k", "\u212A");
  }

  @Test
  void next_ofSets_nestsAndIntersects() {
    assertMatches("[\\p{L}&&[^a-y\\p{Han}]]", "az\u4E00\u00E9", "z", "\u00E9");
    assertMatches("[^(\\s[!]]", "(a ![b", "a", "[", "b");
    assertMatches("[[:punct:]]|\\p{Punct}", "$!", "$", "!");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "(a)\\1,an escape that is not known at 4",
        "\\p{Nope},has a property that is not known: nope",
        "(?i:\u00DF),ignores the case",
        "(?i:st),ignores case of st",
        "(?:a|){3},counts what may be nothing: (?:(?:\\x{61}|(?:))){3;3}",
        "(?<=a*)b,looks behind for more than characters: (?<=(?:\\x{61}){0;})",
        "\\B.*x,begins with a test and an unbounded .",
        "(?:\\Z|(?=a))(.+x){2},begins with a test and an unbounded .",
        "\\B.*x|(?>.*y),begins with a test and an unbounded .",
        "((a{99}){99}){99},has more than 2048 steps",
        "(?:[ab]*a[ab]{600}){2},has too many states"
      })
  void of_whatIsNotKnown_saysWhat(String expression, String reason) {
    Reading<CompiledRegex> reading = CompiledRegex.of(expression);
    String why = Reading.firstReason(reading).orElseThrow().replace(',', ';');
    assertTrue(why.contains(reason), why);
  }

  /** A dot without bound that no test is before, or that the start of a line alone is before. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ".*x",
        "^.*x",
        "\\A.+x",
        "\\B.*?x",
        "\\B.?.*x",
        "\\B(?:.*|x)y",
        "(?m)\\B.*x",
        "\\B.{0,9}x"
      })
  void of_dotsWithoutATest_isKnown(String expression) {
    assertEquals(Optional.empty(), Reading.firstReason(CompiledRegex.of(expression)));
  }

  /** The guided search knows a stretch of some thousand bytes at a time. */
  @ParameterizedTest
  @EnumSource
  void next_ofLongText_isTheSameGuided(KnownRegex known) {
    RandomRegex random = new RandomRegex(20261127);
    for (int size : new int[] {4_095, 4_096, 4_097, 30_000}) {
      StringBuilder text = new StringBuilder();
      while (text.length() < size) {
        text.append(random.text());
      }
      for (String expression : known.expressions()) {
        CompiledRegex regex = compiled(expression);
        assertEquals(
            Matches.of(regex.newMatcher(), text.toString()),
            Matches.of(regex.newGuidedMatcher(), text.toString()));
      }
    }
  }

  @Test
  void next_ofLongRun_knowsItsEndFromItsStart() {
    String digits = "7".repeat(10_001);
    assertEquals(3_333, Matches.of(compiled("(?<=7)(?=(\\d{3})+$)").newMatcher(), digits).size());
    String letters = "\u4E00".repeat(5_000);
    assertMatches("\u4E00+(?=\u4E00{3}a)", letters + "a", letters.substring(3));
    assertMatches("(?<=a\u4E00{90})\u4E00", letters + "a" + letters.substring(0, 91), "\u4E00");
  }

  /** Each would take the square of the text by backtracking, or from each place to its end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\s+$",
        "a*b",
        "a.*b|a",
        "(a|a)*c",
        "(?=a+b)a|a",
        "\\s+(?!\\S)|\\s",
        "(?<=a{9})a*b|a",
        "(?>a*|b)c|a"
      })
  void next_ofLongText_takesTimeThatGrowsWithIt(String expression) {
    RegexMatcher matcher = compiled(expression).newMatcher();
    for (String unit : List.of("a", " ", "ab", "a \n")) {
      String small = unit.repeat((1 << 14) / unit.length()) + "x";
      String large = unit.repeat((1 << 18) / unit.length()) + "x";
      double least = Double.MAX_VALUE;
      double most = Double.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        least = Math.min(least, nanos(matcher, small));
        most = Math.min(most, nanos(matcher, large));
      }
      double growth = most / least;
      assertTrue(growth < 100, () -> "%.1f times for %s".formatted(growth, unit));
    }
  }

  private static double nanos(RegexMatcher matcher, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(utf8, utf8.length + Utf8.PADDING);
    long start = THREADS.getCurrentThreadCpuTime();
    matcher.begin(bytes, 0, utf8.length);
    while (matcher.next()) {
      // only the time counts
    }
    return THREADS.getCurrentThreadCpuTime() - start;
  }
}
