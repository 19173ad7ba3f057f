package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.core.regex.KnownRegex;
import dev.remora.djl.SafeRegex.Refused;
import dev.remora.djl.SafeRegex.Safe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which regexes native code may run. */
final class SafeRegexTest {
  private static Safe safe(String expression) {
    return assertInstanceOf(Safe.class, SafeRegex.of(expression), expression);
  }

  @ParameterizedTest
  @EnumSource
  void of_knownRegex_isSafeAndLooksAtNothingAgain(KnownRegex known) {
    for (String expression : known.expressions()) {
      assertEquals(CharacterMask.NONE, safe(expression).again(), expression);
    }
  }

  /** Patterns of published tokenizers that are not in {@link KnownRegex}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\s+",
        " {2,}",
        "[0-9][0-9][0-9]",
        "\\p{N}+",
        "\\s?\\p{L}+",
        " ?[^(\\s|[.,!?…。，、।۔،])]+",
        "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
        "<sentinel:[0-9]+>",
        "(IMGIMG)((A|B|C|D|E|F|G|H|I){1,4})Z",
        "([\\t\\n]|    |  )",
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?(?:\\p{L}\\p{M}*(?: \\p{L}\\p{M}*)*)+"
            + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]?|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+",
        "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*"
            + "|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+",
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}"
            + "| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s{512}(?!\\S)|\\s{256}(?!\\S)"
            + "|\\s{128}(?!\\S)|\\s{64}(?!\\S)|\\s{32}(?!\\S)|\\s{16}(?!\\S)|\\s{8}(?!\\S)"
            + "|\\s{4}(?!\\S)|\\s{1,2}(?!\\S)|\\s{1}"
      })
  void of_patternOfAPublishedTokenizer_isSafe(String expression) {
    safe(expression);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a++b|a+",
        "<[0-9]+>",
        "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "a*b|a*c|a+",
        " ?\\p{Lu}*\\p{Ll}+| ?\\p{Lu}+\\p{Ll}*",
        "\\p{L}+",
        "a*?b*"
      })
  void again_whereEachCharacterIsTaken_isNone(String expression) {
    assertEquals(CharacterMask.NONE, safe(expression).again());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\s+$",
        "a*b",
        "a*+b",
        "(?>a+)b",
        "(?=(\\d{3})+(?!\\d))",
        "\\d{1,3}(?=(?:\\d{3})*\\b)",
        "a*b|a|a+",
        "a*b|a+c",
        "a*b|a*[ac]d|a+",
        "a*b|[ab]+c|x",
        "b?a*c|a+"
      })
  void again_whereCharactersMayBeLookedAtFromManyPlaces_isNotNone(String expression) {
    assertNotEquals(CharacterMask.NONE, safe(expression).again());
  }

  @Test
  void again_whiteSpaceOnly_isWhiteSpaceOnly() {
    CharacterMask again = safe("\\s+$").again();
    assertTrue(again.some().contains(' '));
    assertTrue(again.some().contains('\u2003'));
    assertTrue(!again.some().contains('a') && !again.some().contains('\u6f22'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+b",
        "(a|aa)*b",
        "(a*)*b",
        "((ab*)c?)+d",
        "(a?){40}b",
        ".*.*(?<!.)",
        "a*a*b",
        "(?:\\s*[\\r\\n]+|.)*x",
        "(?=a*b)*c|(a*b)+",
        "(?<=a+)b",
        "(.{1,100}){1,100}x",
        "a{9999}",
        "(a)\\1",
        "(?<x>a\\g<x>?\\g<x>?)b",
        "(?<!.)\\K"
      })
  void of_whatMayTakeTooManySteps_isRefused(String expression) {
    assertInstanceOf(Refused.class, SafeRegex.of(expression));
  }

  @Test
  void of_longOrDeepExpression_isRefused() {
    assertInstanceOf(Refused.class, SafeRegex.of("a".repeat(8193)));
    assertInstanceOf(Refused.class, SafeRegex.of("(".repeat(1500) + "a" + ")".repeat(1500)));
    assertInstanceOf(Refused.class, SafeRegex.of("(?:a|a)".repeat(30) + "[bc]"));
    assertEquals(8192, "a".repeat(8192).length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a*", "a?", "a+?*", "a{0,3}", "a{,3}", "a{2}?", "a+*", "(a+){0}", "^", "$", "\\b",
        "(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "a|", "|a", "a|b*", "(a|b?)", "((a)*)", "(|a)b*",
        "(?i)a*", "\\x41*"
      })
  void mayBeEmpty_matchThatTakesNothing_isTrue(String expression) {
    assertTrue(safe(expression).mayBeEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        " {2,}",
        "\\s+$",
        "^ +",
        "[^a]",
        "[a[b]]+",
        "[]a]",
        "\\p{L}+",
        "\\P{Han}",
        ".",
        "a*b",
        "a+?",
        "a++",
        "a{3}",
        "a{1,}",
        "(a|b)",
        "(?:a|bc*)+",
        "(?i:a)",
        "(?<n>a)",
        "(?>a)",
        "(?=a).",
        "\\n",
        "\\.",
        "\\d\\b",
        "(?<![^ ])x",
        "▁",
        "🦈"
      })
  void mayBeEmpty_matchThatTakesACharacter_isFalse(String expression) {
    assertEquals(false, safe(expression).mayBeEmpty());
  }

  @Test
  void of_eachRefusal_saysWhatAndWhere() {
    Refused refused = assertInstanceOf(Refused.class, SafeRegex.of("ab\\1"));
    assertEquals("the regex ab\\1 has an escape that is not known at 3", refused.reason());
    assertEquals(
        List.of("the regex (a+)+b may take too many steps"),
        List.of(assertInstanceOf(Refused.class, SafeRegex.of("(a+)+b")).reason()));
  }
}
