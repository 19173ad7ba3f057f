package dev.remora.djl;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells regexes that may take exponential time: those that repeat a group which itself holds a
 * repetition or an alternative, such as {@code (a+)+b}. No pattern of a known tokenizer does.
 *
 * <p>The native library ends the process on a match that takes more than ten million steps.
 */
final class Repetition {
  private final String regex;
  private final Deque<Boolean> groups = new ArrayDeque<>(); // whether each open one may vary
  private int at;

  private Repetition(String regex) {
    this.regex = regex;
  }

  static boolean isNested(String regex) {
    return new Repetition(regex).scan();
  }

  private boolean scan() {
    groups.push(false);
    while (at < regex.length()) {
      char sign = regex.charAt(at++);
      boolean varies = false;
      switch (sign) {
        case '(' -> groups.push(false);
        case '|' -> vary();
        case ')' -> varies = groups.size() > 1 && groups.pop();
        case '[' -> at = endOfClass(regex, at);
        case '\\' -> at++;
        default -> {}
      }
      if (sign == '(' || sign == '|') {
        continue;
      }
      boolean repeats = skipQuantifiers();
      if (varies && repeats) {
        return true;
      }
      if (varies || repeats) {
        vary();
      }
    }
    return false;
  }

  private void vary() {
    groups.pop();
    groups.push(true);
  }

  /** The end of a class whose bracket is before {@code from}; classes nest in Oniguruma. */
  static int endOfClass(String regex, int from) {
    int depth = 1;
    int at = from;
    while (depth > 0 && at < regex.length()) {
      switch (regex.charAt(at++)) {
        case '[' -> depth++;
        case ']' -> depth--;
        case '\\' -> at++;
        default -> {}
      }
    }
    return at;
  }

  /** Skips the quantifiers here; whether one of them lets a count vary by more than one. */
  private boolean skipQuantifiers() {
    boolean repeats = false;
    while (at < regex.length()) {
      char sign = regex.charAt(at);
      if (sign == '{') {
        int end = regex.indexOf('}', at);
        if (end < 0) {
          return repeats;
        }
        repeats |= regex.substring(at, end).indexOf(',') >= 0;
        at = end;
      } else if (sign == '*' || sign == '+') {
        repeats = true;
      } else if (sign != '?') {
        return repeats;
      }
      at++;
    }
    return repeats;
  }
}
