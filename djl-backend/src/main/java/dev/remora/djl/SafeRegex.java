package dev.remora.djl;

import dev.remora.core.regex.RegexNode;
import dev.remora.core.regex.RegexParser;
import dev.remora.core.regex.RegexReading;
import java.util.Locale;

/**
 * Which regular expressions the native library may run, and how far. It ends the process on a match
 * that takes more than ten million steps, and on one nested too deep to be compiled.
 *
 * <p>An expression is safe if it can be read ({@link RegexParser}) and if the steps of a match are
 * at most a small number for each character of the text; that rules out repetitions of what varies,
 * such as {@code (a+)+b}, and repetitions in a row that are retried, such as {@code .*.*x}.
 */
final class SafeRegex {
  /** UTF-16 units of an expression; the longest known has about a thousand. */
  private static final int MAX_LENGTH = 1 << 13;

  /** UTF-16 units of an expression that a reason quotes. */
  private static final int MAX_QUOTED = 100;

  /** Steps of a match that do not depend on the text; the most of a known expression is 1,300. */
  private static final double MAX_FIXED_STEPS = 1 << 12;

  /** Steps of a match for each character. */
  private static final double MAX_GROWTH = 64;

  /** What the native library allows is ten million. */
  static final double MAX_STEPS = 8_000_000;

  private SafeRegex() {}

  /** Whether an expression may run. */
  sealed interface Verdict {}

  /**
   * It may.
   *
   * @param mayBeEmpty whether a match may take no character
   * @param growth steps of a match for each character that it looks at
   * @param again the characters that may be looked at from many places; empty for none
   */
  record Safe(boolean mayBeEmpty, double growth, CharacterMask again) implements Verdict {}

  /** It may not. */
  record Refused(String reason) implements Verdict {}

  static Verdict of(String expression) {
    if (expression.length() > MAX_LENGTH) {
      return new Refused(
          String.format(
              Locale.ROOT,
              "a regex has %,d characters, which are more than %,d",
              expression.length(),
              MAX_LENGTH));
    }
    RegexReading reading = RegexParser.parse(expression);
    return reading instanceof RegexReading.Read read
        ? of(expression, read.root())
        : new Refused(named(expression) + " has " + reading);
  }

  private static Verdict of(String expression, RegexNode root) {
    RegexFacts facts = RegexFacts.of(root);
    RegexFacts.Effort effort = facts.kept();
    if (!(effort.fixed() <= MAX_FIXED_STEPS && effort.growth() <= MAX_GROWTH)) {
      return new Refused(named(expression) + " may take too many steps");
    }
    return new Safe(facts.mayBeEmpty(), effort.growth(), RegexSearch.of(root).again());
  }

  private static String named(String expression) {
    return expression.length() <= MAX_QUOTED
        ? "the regex " + expression
        : "the regex " + expression.substring(0, MAX_QUOTED) + "…";
  }
}
