package dev.remora.jinja;

import dev.remora.jinja.text.SubstringSearch;
import java.util.function.IntFunction;

/**
 * What of a text is the template's own, for messages that reach logs: all of it, or its beginning
 * and its end, if they stand in the source. What is between may be text of the request, and is left
 * out.
 */
final class OwnText {
  /** So few characters stand in a source by chance. */
  private static final int BY_CHANCE = 7;

  private OwnText() {}

  static String of(String text, String source) {
    if (SubstringSearch.contains(source, text)) {
      return text;
    }
    int most = Math.min(text.length(), source.length());
    int beginning = longest(most, source, length -> text.substring(0, length));
    String rest = text.substring(beginning);
    int ending =
        longest(
            Math.min(rest.length(), source.length()),
            source,
            length -> rest.substring(rest.length() - length));
    return text.substring(0, beginning) + "…" + rest.substring(rest.length() - ending);
  }

  /** The length of the longest part that stands in the source; 0 if that may be by chance. */
  private static int longest(int most, String source, IntFunction<String> part) {
    int stands = 0;
    int fails = most + 1;
    while (fails - stands > 1) {
      int middle = (stands + fails) >>> 1;
      if (SubstringSearch.contains(source, part.apply(middle))) {
        stands = middle;
      } else {
        fails = middle;
      }
    }
    return stands > BY_CHANCE ? stands : 0;
  }
}
