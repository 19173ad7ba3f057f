package dev.remora.jinja.text;

/** Python's character classes. */
public final class PythonCharacters {
  /** The characters of Numeric_Type=Digit in Unicode 14, which Java does not tell. */
  private static final String OTHER_DIGITS =
      "\u00B2\u00B3\u00B9\u1369\u136A\u136B\u136C\u136D\u136E\u136F"
          + "\u1370\u1371\u19DA\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
          + "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089"
          + "\u2460\u2461\u2462\u2463\u2464\u2465\u2466\u2467\u2468\u2474"
          + "\u2475\u2476\u2477\u2478\u2479\u247A\u247B\u247C\u2488\u2489"
          + "\u248A\u248B\u248C\u248D\u248E\u248F\u2490\u24EA\u24F5\u24F6"
          + "\u24F7\u24F8\u24F9\u24FA\u24FB\u24FC\u24FD\u24FF\u2776\u2777"
          + "\u2778\u2779\u277A\u277B\u277C\u277D\u277E\u2780\u2781\u2782"
          + "\u2783\u2784\u2785\u2786\u2787\u2788\u278A\u278B\u278C\u278D"
          + "\u278E\u278F\u2790\u2791\u2792\uD802\uDE40\uD802\uDE41\uD802\uDE42\uD802\uDE43\uD803\uDE60"
          + "\uD803\uDE61\uD803\uDE62\uD803\uDE63\uD803\uDE64\uD803\uDE65\uD803\uDE66\uD803\uDE67\uD803\uDE68\uD804\uDC52\uD804\uDC53"
          + "\uD804\uDC54\uD804\uDC55\uD804\uDC56\uD804\uDC57\uD804\uDC58\uD804\uDC59\uD804\uDC5A\uD83C\uDD00\uD83C\uDD01\uD83C\uDD02"
          + "\uD83C\uDD03\uD83C\uDD04\uD83C\uDD05\uD83C\uDD06\uD83C\uDD07\uD83C\uDD08\uD83C\uDD09\uD83C\uDD0A";

  /** The letters of Numeric_Type=Numeric in Unicode 14, which Java does not tell. */
  private static final String NUMERIC_IDEOGRAPHS =
      "㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌叁参參叄四壱壹幺"
          + "廾廿弌弍弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零"
          + "\uF96B\uF973\uF978\uF9B2\uF9D1\uF9D3"
          + "\uF9FD\uD840\uDC01\uD840\uDC64\uD840\uDCE2\uD840\uDD21\uD842\uDD2A"
          + "\uD842\uDD83\uD842\uDD8C\uD842\uDD9C\uD842\uDEEA\uD842\uDEFD\uD842\uDF19"
          + "\uD848\uDF90\uD84A\uDD98\uD84E\uDF1B\uD858\uDE6D\uD87E\uDC90";

  private PythonCharacters() {}

  /** What {@code str.isspace} accepts and {@code \s} matches. */
  public static boolean isSpace(int c) {
    return c == ' '
        || (c >= 0x09 && c <= 0x0D)
        || (c >= 0x1C && c <= 0x1F)
        || c == 0x85
        || c == 0xA0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200A)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }

  /** Where {@code str.splitlines} splits, apart from the pair {@code \r\n}. */
  public static boolean isLineBreak(char c) {
    return (c >= 0x0A && c <= 0x0D)
        || (c >= 0x1C && c <= 0x1E)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }

  /** What {@code str.isprintable} accepts: what {@code repr} does not escape. */
  public static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  /** What {@code str.isdigit} accepts: decimal digits, and digits such as superscripts. */
  public static boolean isDigit(int c) {
    return Character.isDigit(c)
        || (Character.getType(c) == Character.OTHER_NUMBER && OTHER_DIGITS.indexOf(c) >= 0);
  }

  /** What {@code str.isnumeric} accepts: whatever stands for a number. */
  public static boolean isNumeric(int c) {
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      case Character.OTHER_LETTER -> NUMERIC_IDEOGRAPHS.indexOf(c) >= 0;
      default -> false;
    };
  }

  /** What {@code str.isalnum} accepts. */
  public static boolean isAlphanumeric(int c) {
    return Character.isLetter(c) || isNumeric(c);
  }

  /** Whether the text is made of decimal digits, of any script, and is not empty. */
  public static boolean isDecimal(String text) {
    return !text.isEmpty() && text.codePoints().allMatch(Character::isDigit);
  }

  /** Whether the character has upper, lower or title case. */
  public static boolean isCased(int c) {
    return Character.isLowerCase(c) || Character.isUpperCase(c) || Character.isTitleCase(c);
  }

  /** Where the white space that begins at an index ends. */
  public static int spaceEnd(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Where the white space that ends the text begins. */
  public static int spaceStart(String text) {
    return spaceStart(text, text.length());
  }

  /** Where the white space that ends before an index begins. */
  public static int spaceStart(String text, int to) {
    int at = to;
    while (at > 0 && isSpace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  /** The text without white space at its ends. */
  public static String strip(String text) {
    int from = spaceEnd(text, 0);
    return from == text.length() ? "" : text.substring(from, spaceStart(text));
  }

  /** The order of strings, by code points: below 0, 0 or above 0. */
  public static int compare(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int at = 0; at < common; at++) {
      if (left.charAt(at) != right.charAt(at)) {
        return byCodePoint(left.charAt(at), right.charAt(at));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Code points above U+FFFF are the highest, though their surrogates are not. */
  private static int byCodePoint(char left, char right) {
    boolean leftSurrogate = Character.isSurrogate(left);
    return leftSurrogate == Character.isSurrogate(right)
        ? Character.compare(left, right)
        : leftSurrogate ? 1 : -1;
  }
}
