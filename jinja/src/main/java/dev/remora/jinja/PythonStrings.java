package dev.remora.jinja;

import dev.remora.jinja.text.PythonCharacters;
import dev.remora.jinja.text.SubstringSearch;

/** Python's methods of str, for whoever has to do with text what a template does with it. */
public final class PythonStrings {
  private PythonStrings() {}

  /** Python's {@code text.strip()}. */
  public static String strip(String text) {
    return PythonCharacters.strip(text);
  }

  /** Python's {@code text.rstrip()}. */
  public static String stripEnd(String text) {
    return text.substring(0, PythonCharacters.spaceStart(text));
  }

  /** Python's order of str, by code points: below 0, 0 or above 0. */
  public static int compare(String left, String right) {
    return PythonCharacters.compare(left, right);
  }

  /** Python's {@code part in text}, in time linear in both. */
  public static boolean contains(String text, String part) {
    return SubstringSearch.contains(text, part);
  }
}
