package dev.remora.djl;

import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.regex.KnownRegex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far one regular expression of a tokenizer may look into a text, which is checked on the text
 * as it came: the expression sees it changed by the steps before.
 *
 * <p>Immutable and thread-safe.
 *
 * @param longestStretch UTF-16 units that one match may look at
 * @param growth steps for each character that is looked at in vain
 * @param again the characters that may be looked at from many places; empty for none
 * @param view what the steps before leave of the text
 */
record RegexLimit(double longestStretch, double growth, CharacterMask again, View view) {
  /** What the steps before an expression leave of a text. */
  enum View {
    /** All of it. */
    SAME,
    /** White space where there was white space, and what is in ASCII. */
    SAME_SPACES,
    /** Nothing that could be relied on. */
    OTHER
  }

  /** The limits of all expressions of a tokenizer, of which the native library may run each. */
  static List<RegexLimit> of(TokenizerDefinition definition) {
    List<RegexLimit> limits = new ArrayList<>();
    View view = View.SAME;
    double longer = 1;
    for (Normalizer step : definition.normalizers()) {
      if (step instanceof Normalizer.Replace replace) {
        add(limits, replace.pattern(), view, longer);
      } else if (step instanceof Normalizer.ByteLevel) {
        add(limits, KnownRegex.GPT2.expression(), view, longer);
      }
      longer *= SafeNormalizers.of(List.of(step)).factor();
      view = keepsSpaces(step) && view != View.OTHER ? View.SAME_SPACES : View.OTHER;
    }
    for (PreTokenizer step : definition.preTokenizers()) {
      if (step instanceof PreTokenizer.Split split) {
        add(limits, split.pattern(), view, longer);
      } else if (step instanceof PreTokenizer.ByteLevel) {
        add(limits, KnownRegex.GPT2.expression(), view, longer);
        longer *= 2;
        view = View.OTHER;
      } else if (step instanceof PreTokenizer.MetaspaceSplit) {
        view = View.OTHER;
      }
    }
    return limits;
  }

  private static boolean keepsSpaces(Normalizer step) {
    return step instanceof Normalizer.Nfc
        || step instanceof Normalizer.Nfd
        || step instanceof Normalizer.Lowercase;
  }

  private static void add(
      List<RegexLimit> limits, StringPattern pattern, View view, double longer) {
    if (pattern instanceof StringPattern.Regex regex) {
      add(limits, regex.expression(), view, longer);
    }
  }

  private static void add(List<RegexLimit> limits, String expression, View view, double longer) {
    if (!(SafeRegex.of(expression) instanceof SafeRegex.Safe safe) || safe.growth() == 0) {
      return;
    }
    boolean isKnown = KnownRegex.of(List.of(expression)).isPresent();
    double stretch =
        isKnown && view != View.OTHER
            ? TextLimits.MAX_STRETCH // measured
            : Math.min(TextLimits.MAX_STRETCH, SafeRegex.MAX_STEPS / safe.growth() / longer);
    limits.add(
        new RegexLimit(stretch, safe.growth(), isKnown ? CharacterMask.NONE : safe.again(), view));
  }

  /** What a text exceeds; empty if it exceeds nothing. */
  Optional<Excess> excess(String text) {
    if (text.length() > longestStretch) {
      int stretch = longestStretch(text);
      if (stretch > longestStretch) {
        return Optional.of(
            new Excess(
                "UTF-16 units without a change from or to white space",
                (long) longestStretch,
                stretch));
      }
    }
    double steps = again.isEmpty() ? 0 : growth * squares(text) / 2;
    return steps > TextLimits.MAX_REGEX_STEPS
        ? Optional.of(new Excess("steps of a regex", TextLimits.MAX_REGEX_STEPS, (long) steps))
        : Optional.empty();
  }

  /**
   * A bound that a text exceeds.
   *
   * @param limit what is bounded
   * @param bound the most that is allowed
   * @param observed what the text has
   */
  record Excess(String limit, long bound, long observed) {}

  private int longestStretch(String text) {
    if (view == View.OTHER) {
      return text.length();
    }
    int longest = 0;
    int from = 0;
    for (int at = 1; at <= text.length(); at++) {
      if (at == text.length()
          || TextLimits.isSpace(text.charAt(at)) != TextLimits.isSpace(text.charAt(from))) {
        longest = Math.max(longest, at - from);
        from = at;
      }
    }
    return longest;
  }

  /** The sum of the squares of the lengths of what may be looked at from many places. */
  private double squares(String text) {
    if (view == View.OTHER) {
      return (double) text.length() * text.length();
    }
    double squares = 0;
    double run = 1;
    for (int at = 0; at < text.length(); at++) {
      if (isLookedAtAgain(text.charAt(at))) {
        run++;
      } else {
        squares += run * run;
        run = 1;
      }
    }
    return squares + run * run;
  }

  private boolean isLookedAtAgain(char unit) {
    boolean isSeen = unit < 0x80 || (view == View.SAME && !Character.isSurrogate(unit));
    return !isSeen || again.some().contains(unit);
  }
}
