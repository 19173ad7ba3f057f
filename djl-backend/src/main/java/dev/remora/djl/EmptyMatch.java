package dev.remora.djl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells regexes that may match the empty text, such as {@code b*}; where it cannot tell, they may.
 *
 * <p>A Replace normalizer whose pattern does leaves an alignment that is one too short, and the
 * native library ends the process when the text is changed once more.
 */
final class EmptyMatch {
  private static final Pattern INTERVAL = Pattern.compile("\\{0*([1-9]?)[0-9]*(,[0-9]*)?\\}");
  private static final Pattern PROPERTY = Pattern.compile("[pP]\\{[^{}]*\\}");
  private static final Pattern GROUP =
      Pattern.compile("(?<look>\\?<?[=!])|\\?([im]*:|>|<\\w+>)|(?!\\?)");

  /** An open group: whether its alternatives so far, and the one at hand, take a character. */
  private static final class Group {
    private final boolean looks;
    private boolean all = true;
    private boolean last;

    Group(boolean looks) {
      this.looks = looks;
    }

    boolean takes() {
      return !looks && all && last;
    }
  }

  private final String regex;
  private final Deque<Group> groups = new ArrayDeque<>();
  private int at;

  private EmptyMatch(String regex) {
    this.regex = regex;
  }

  static boolean isPossible(String regex) {
    return !new EmptyMatch(regex).takes();
  }

  /** Whether each match takes at least one character. */
  private boolean takes() {
    groups.push(new Group(false));
    while (at < regex.length()) {
      char sign = regex.charAt(at++);
      boolean takes = true;
      switch (sign) {
        case '(' -> {
          Matcher group = GROUP.matcher(regex).region(at, regex.length());
          if (!group.lookingAt()) {
            return false; // an option or something rarer
          }
          groups.push(new Group(group.group("look") != null));
          at = group.end();
          continue;
        }
        case ')' -> takes = groups.size() > 1 && groups.pop().takes();
        case '|' -> {
          Group group = groups.element();
          group.all &= group.last;
          group.last = false;
          continue;
        }
        case '[' -> at = Repetition.endOfClass(regex, at);
        case '\\' -> takes = skipEscape();
        case '^', '$', '*', '+', '?', '{' -> takes = false;
        default -> {}
      }
      groups.element().last |= quantified(takes);
    }
    return groups.size() == 1 && groups.element().takes();
  }

  /** Skips an escape; whether it takes a character. What is not known takes all of the regex. */
  private boolean skipEscape() {
    Matcher property = PROPERTY.matcher(regex).region(at, regex.length());
    if (property.lookingAt()) {
      at = property.end();
      return true;
    }
    char sign = at < regex.length() ? regex.charAt(at++) : 'K';
    if ("bBAzZG".indexOf(sign) >= 0) {
      return false;
    }
    boolean known = "dDwWsShHRXtnrfvae".indexOf(sign) >= 0 || !Character.isLetterOrDigit(sign);
    if (!known) {
      groups.forEach(group -> group.all = false);
    }
    return known;
  }

  /** Skips the quantifiers here; whether what takes a character still does. */
  private boolean quantified(boolean takes) {
    boolean still = takes;
    char before = ' ';
    while (at < regex.length() && "*+?{".indexOf(regex.charAt(at)) >= 0) {
      char sign = regex.charAt(at);
      Matcher interval = INTERVAL.matcher(regex).region(at, regex.length());
      if (interval.lookingAt()) {
        still &= !interval.group(1).isEmpty();
        at = interval.end();
      } else {
        still &= sign == '+' || (sign == '?' && before == '+');
        at++;
      }
      before = sign;
    }
    return still;
  }
}
