package dev.remora.jinja.text;

import java.util.Locale;

/** Python's conversions between cases, with the full mappings of Unicode. */
public final class PythonCase {
  private static final int CAPITAL_DOTTED_I = 0x130;
  private static final int SMALL_DOTLESS_I = 0x131;
  private static final int SMALL_N_WITH_APOSTROPHE = 0x149;
  private static final char SMALL_IOTA = 'ι';
  private static final char IOTA_SUBSCRIPT = '\u0345';

  private PythonCase() {}

  /** Python's {@code str.upper}. */
  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /** Python's {@code str.lower}: a sigma at the end of a word is a final one. */
  public static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Python's {@code str.casefold}. */
  public static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    text.codePoints().mapToObj(PythonCase::folded).forEach(folded::append);
    return folded.toString();
  }

  private static String folded(int c) {
    String character = Character.toString(c);
    if (c == SMALL_DOTLESS_I) {
      return character;
    }
    String upper =
        upper(lower(character)); // first lower: a capital sharp s stays one in upper case
    return Character.UnicodeScript.of(c) == Character.UnicodeScript.CHEROKEE
        ? upper // the one script that folds to upper case
        : lower(upper);
  }

  /** Python's {@code str.capitalize}: the first character in title case, the others in lower. */
  public static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.codePointAt(0);
    return titled(first) + lower(text).substring(lowerLength(first));
  }

  /** Python's {@code str.title}: what follows a character that has a case is in lower case. */
  public static String title(String text) {
    String lowered = lower(text); // as a whole: whether a sigma is final depends on what is around
    StringBuilder title = new StringBuilder(text.length());
    boolean inWord = false;
    int lowerAt = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      int lowerEnd = lowerAt + lowerLength(c);
      title.append(inWord ? lowered.substring(lowerAt, lowerEnd) : titled(c));
      inWord = PythonCharacters.isCased(c);
      at += Character.charCount(c);
      lowerAt = lowerEnd;
    }
    return title.toString();
  }

  /** Python's {@code str.swapcase}. */
  public static String swap(String text) {
    String lowered = lower(text);
    StringBuilder swapped = new StringBuilder(text.length());
    int lowerAt = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      int lowerEnd = lowerAt + lowerLength(c);
      if (Character.isUpperCase(c)) {
        swapped.append(lowered, lowerAt, lowerEnd);
      } else if (Character.isLowerCase(c)) {
        swapped.append(upper(Character.toString(c)));
      } else {
        swapped.appendCodePoint(c);
      }
      at += Character.charCount(c);
      lowerAt = lowerEnd;
    }
    return swapped.toString();
  }

  /** How many UTF-16 units a character has in lower case. */
  private static int lowerLength(int c) {
    return c == CAPITAL_DOTTED_I ? 2 : Character.charCount(Character.toLowerCase(c));
  }

  /**
   * A character in title case. Java knows the mapping to one character only; where the upper case
   * is several, the first of these stays and the others go back to lower case.
   */
  private static String titled(int c) {
    String upper = upper(Character.toString(c));
    int second = upper.offsetByCodePoints(0, 1);
    int title = Character.toTitleCase(c);
    if (second == upper.length() || title != c || Character.isTitleCase(c)) {
      return Character.toString(title);
    }
    return c == SMALL_N_WITH_APOSTROPHE
        ? upper // the apostrophe is not a letter
        : upper.substring(0, second)
            + lower(upper.substring(second)).replace(SMALL_IOTA, IOTA_SUBSCRIPT);
  }
}
