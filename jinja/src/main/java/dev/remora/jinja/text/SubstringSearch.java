package dev.remora.jinja.text;

/**
 * Where a text is in another, in time linear in both: {@link String#indexOf} takes the product of
 * their lengths where a hostile text almost matches everywhere.
 */
public final class SubstringSearch {
  private static final int SHORT = 4;

  private SubstringSearch() {}

  /** Where the pattern first occurs at or after an index; -1 for nowhere. */
  public static int first(String text, String pattern, int from) {
    if (pattern.length() <= SHORT) {
      return text.indexOf(pattern, from);
    }
    return search(text, pattern, from, text.length(), 1);
  }

  /** Where the pattern last stands so that it ends at or before an index; -1 for nowhere. */
  public static int last(String text, String pattern, int to) {
    if (pattern.length() <= SHORT) {
      return to < pattern.length() ? -1 : text.lastIndexOf(pattern, to - pattern.length());
    }
    return search(text, pattern, to - 1, -1, -1);
  }

  public static boolean contains(String text, String pattern) {
    return first(text, pattern, 0) >= 0;
  }

  /**
   * The search of Knuth, Morris and Pratt, forwards or backwards.
   *
   * @param from the first index that is looked at
   * @param to the index at which it ends
   * @param step 1 or -1
   */
  private static int search(String text, String pattern, int from, int to, int step) {
    if ((to - from) * step < pattern.length()) {
      return -1;
    }
    int[] borders = borders(pattern, step);
    int matched = 0;
    for (int at = from; at != to; at += step) {
      matched = extended(pattern, borders, matched, text.charAt(at), step);
      if (matched == pattern.length()) {
        return step > 0 ? at + 1 - matched : at;
      }
    }
    return -1;
  }

  private static char charAt(String pattern, int index, int step) {
    return pattern.charAt(step > 0 ? index : pattern.length() - 1 - index);
  }

  private static int extended(String pattern, int[] borders, int matched, char next, int step) {
    int length = matched;
    while (length > 0 && charAt(pattern, length, step) != next) {
      length = borders[length - 1];
    }
    return charAt(pattern, length, step) == next ? length + 1 : 0;
  }

  /** For each beginning of the pattern, its longest proper beginning that also ends it. */
  private static int[] borders(String pattern, int step) {
    int[] borders = new int[pattern.length()];
    for (int at = 1; at < pattern.length(); at++) {
      char next = charAt(pattern, at, step);
      borders[at] = extended(pattern, borders, borders[at - 1], next, step);
    }
    return borders;
  }
}
