package dev.remora.jinja.text;

/**
 * Where a text is in another, in time linear in both: {@link String#indexOf} takes the product of
 * their lengths where a hostile text almost matches everywhere.
 */
public final class SubstringSearch {
  private static final int SHORT = 16;

  private SubstringSearch() {}

  /** Where the pattern first occurs at or after an index; -1 for nowhere. */
  public static int first(String text, String pattern, int from) {
    if (pattern.length() <= SHORT) {
      return text.indexOf(pattern, from);
    }
    return search(text, pattern, from, text.length(), false);
  }

  /** Where the pattern last stands so that it ends at or before an index; -1 for nowhere. */
  public static int last(String text, String pattern, int to) {
    if (pattern.length() <= SHORT) {
      return to < pattern.length() ? -1 : text.lastIndexOf(pattern, to - pattern.length());
    }
    return search(text, pattern, 0, to, true);
  }

  public static boolean contains(String text, String pattern) {
    return first(text, pattern, 0) >= 0;
  }

  /** The search of Knuth, Morris and Pratt. */
  private static int search(String text, String pattern, int from, int to, boolean last) {
    int[] borders = borders(pattern);
    int matched = 0;
    int found = -1;
    for (int at = from; at < to; at++) {
      matched = extended(pattern, borders, matched, text.charAt(at));
      if (matched == pattern.length()) {
        found = at + 1 - matched;
        if (!last) {
          return found;
        }
        matched = borders[matched - 1];
      }
    }
    return found;
  }

  private static int extended(String pattern, int[] borders, int matched, char next) {
    int length = matched;
    while (length > 0 && pattern.charAt(length) != next) {
      length = borders[length - 1];
    }
    return pattern.charAt(length) == next ? length + 1 : 0;
  }

  /** For each prefix, its longest proper prefix that also ends it. */
  private static int[] borders(String pattern) {
    int[] borders = new int[pattern.length()];
    for (int at = 1; at < pattern.length(); at++) {
      borders[at] = extended(pattern, borders, borders[at - 1], pattern.charAt(at));
    }
    return borders;
  }
}
