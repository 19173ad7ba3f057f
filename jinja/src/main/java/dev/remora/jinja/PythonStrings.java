package dev.remora.jinja;

import dev.remora.jinja.text.PythonCharacters;
import dev.remora.jinja.text.PythonNumbers;
import dev.remora.jinja.text.SubstringSearch;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

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

  /** Python's {@code int(text)}; null if the text is not an int, or one of too many digits. */
  public static @Nullable BigInteger toInteger(String text) {
    return PythonNumbers.parseInteger(text, 10);
  }

  /** Python's {@code float(text)}; null if the text is not a float. */
  public static @Nullable Double toFloat(String text) {
    return PythonNumbers.parseFloat(text);
  }
}
