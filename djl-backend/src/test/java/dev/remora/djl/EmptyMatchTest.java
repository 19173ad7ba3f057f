package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which regexes may match the empty text. */
final class EmptyMatchTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a*",
        "a?",
        "a+?*",
        "a{0,3}",
        "a{,3}",
        "a{2}?",
        "a+*",
        "(a+){0}",
        "^",
        "$",
        "\\b",
        "\\Ka",
        "a\\K",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?<!a)",
        "a|",
        "|a",
        "a|b*",
        "(a|b?)",
        "((a)*)",
        "(|a)b*",
        "(?x) ",
        "(?i)a*",
        "(a)?\\1",
        "\\x41*",
        "\\cA*",
        "(?#a)",
        "(?~a)",
        "(",
        "a{00}",
        "\\",
        "(?<n>)a*"
      })
  void isPossible_emptyOrUnknown_isTrue(String regex) {
    assertTrue(EmptyMatch.isPossible(regex));
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
  void isPossible_alwaysOneCharacter_isFalse(String regex) {
    assertFalse(EmptyMatch.isPossible(regex));
  }
}
