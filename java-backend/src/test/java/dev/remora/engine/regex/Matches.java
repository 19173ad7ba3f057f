package dev.remora.engine.regex;

import dev.remora.core.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a matcher finds in a text. */
final class Matches {
  private Matches() {}

  /** The matches as strings; those of nothing too. */
  static List<String> of(RegexMatcher matcher, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    matcher.begin(Arrays.copyOf(utf8, utf8.length + Utf8.PADDING), 0, utf8.length);
    List<String> found = new ArrayList<>();
    while (matcher.next()) {
      int length = matcher.end() - matcher.start();
      found.add(new String(utf8, matcher.start(), length, StandardCharsets.UTF_8));
    }
    return found;
  }

  /**
   * The pieces that matches and what is between them are, as ranges of code points.
   *
   * @param removed whether matches are left out
   */
  static List<String> pieces(RegexMatcher matcher, String text, boolean removed) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    matcher.begin(Arrays.copyOf(utf8, utf8.length + Utf8.PADDING), 0, utf8.length);
    List<String> pieces = new ArrayList<>();
    int before = 0;
    while (matcher.next()) {
      add(pieces, utf8, before, matcher.start());
      if (!removed) {
        add(pieces, utf8, matcher.start(), matcher.end());
      }
      before = matcher.end();
    }
    add(pieces, utf8, before, utf8.length);
    return pieces;
  }

  private static void add(List<String> pieces, byte[] utf8, int from, int to) {
    if (from < to) {
      pieces.add(codePoints(utf8, from) + "-" + codePoints(utf8, to));
    }
  }

  private static int codePoints(byte[] utf8, int to) {
    int count = 0;
    for (int at = 0; at < to; at++) {
      count += Utf8.isContinuation(utf8[at]) ? 0 : 1;
    }
    return count;
  }
}
