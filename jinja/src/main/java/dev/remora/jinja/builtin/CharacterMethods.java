package dev.remora.jinja.builtin;

import dev.remora.jinja.text.PythonCase;
import dev.remora.jinja.text.PythonCharacters;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.Value;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The methods of str that look at its characters one by one: cases and classes. */
final class CharacterMethods {
  static final Map<String, Builtin> ALL =
      Builtin.byName(
          rewriting("upper", PythonCase::upper),
          rewriting("lower", PythonCase::lower),
          rewriting("casefold", PythonCase::fold),
          rewriting("title", PythonCase::title),
          rewriting("capitalize", PythonCase::capitalize),
          rewriting("swapcase", PythonCase::swap),
          each("isdigit", PythonCharacters::isDigit),
          each("isnumeric", PythonCharacters::isNumeric),
          each("isdecimal", Character::isDigit),
          each("isalpha", Character::isLetter),
          each("isalnum", PythonCharacters::isAlphanumeric),
          each("isspace", PythonCharacters::isSpace),
          asking("isascii", text -> text.chars().allMatch(c -> c < 0x80)),
          asking("istitle", CharacterMethods::isTitle),
          asking("islower", CharacterMethods::isLower),
          asking("isupper", CharacterMethods::isUpper));

  private CharacterMethods() {}

  private static Builtin rewriting(String name, UnaryOperator<String> rewriting) {
    return Builtin.of(
        name,
        (budget, value, none) -> {
          StringValue string = value.asString();
          budget.listing(string.text().length());
          return string.map(rewriting);
        });
  }

  private static Builtin asking(String name, Predicate<String> question) {
    return Builtin.test(
        name,
        (budget, value, none) -> {
          String text = value.asString().text();
          budget.listing(text.length());
          return question.test(text);
        });
  }

  private static Builtin each(String name, IntPredicate question) {
    return asking(name, text -> !text.isEmpty() && text.codePoints().allMatch(question));
  }

  /** Whether all characters that have a case are of lower case, and there is one. */
  static boolean isLower(String text) {
    return isCased(text, Character::isLowerCase, Character::isUpperCase);
  }

  /** Whether all characters that have a case are of upper case, and there is one. */
  static boolean isUpper(String text) {
    return isCased(text, Character::isUpperCase, Character::isLowerCase);
  }

  private static boolean isCased(String text, IntPredicate some, IntPredicate none) {
    return text.codePoints().anyMatch(some)
        && text.codePoints().noneMatch(c -> none.test(c) || Character.isTitleCase(c));
  }

  /** Whether each word begins with an upper case letter and goes on in lower case. */
  private static boolean isTitle(String text) {
    boolean cased = false;
    boolean inWord = false;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      boolean begins = Character.isUpperCase(c) || Character.isTitleCase(c);
      if (begins ? inWord : Character.isLowerCase(c) && !inWord) {
        return false;
      }
      inWord = begins || Character.isLowerCase(c);
      cased |= inWord;
      at += Character.charCount(c);
    }
    return cased;
  }

  /** The filter of the same name: of anything, as Python prints it. */
  static Builtin asFilter(String name, UnaryOperator<String> rewriting) {
    return Builtin.of(
        name,
        (budget, value, none) -> {
          StringValue string = value.str(budget);
          budget.listing(string.text().length());
          return string.map(rewriting);
        });
  }

  /** The test of a class of characters: of anything, as Python prints it. */
  static Builtin asTest(String name, Predicate<String> question) {
    return Builtin.test(
        name,
        (budget, value, none) -> {
          Value string = value.str(budget);
          budget.listing(string.asString().text().length());
          return question.test(string.asString().text());
        });
  }
}
