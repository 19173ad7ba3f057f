package dev.remora.text;

import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text of others, such as a worker's, as it may stand in messages and logs and on a terminal: on
 * one line, with nothing that a terminal obeys or that turns the direction of what follows, and no
 * longer than a reader wants it. What is not printed as it is becomes an escape of JSON.
 */
public final class Printable {
  /** UTF-16 units of a name, such as a model's or a file's. */
  public static final int NAME = 200;

  /** UTF-16 units of a message. */
  public static final int MESSAGE = 2_000;

  /** How many members of a list are printed. */
  private static final int MAX_LISTED = 10;

  /** Controls of C0 and C1, line and paragraph ends, and what changes the direction of text. */
  private static final Pattern CONTROL =
      Pattern.compile(
          "[\\p{Cc}\\u2028\\u2029\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\p{Cs}]");

  private Printable() {}

  /** The whole text, escaped. */
  public static String of(String text) {
    return CONTROL.matcher(text).replaceAll(control -> "\\\\" + escape(control.group().charAt(0)));
  }

  /** The text, escaped, and cut behind so many UTF-16 units of it. */
  public static String of(String text, int most) {
    return text.length() <= most
        ? of(text)
        : of(text.substring(0, most)) + "… (" + text.length() + " characters)";
  }

  /** The first members of a list, and how many more there are. */
  public static String list(Collection<?> members) {
    String first =
        members.stream()
            .limit(MAX_LISTED)
            .map(member -> of(String.valueOf(member), NAME))
            .collect(Collectors.joining(", "));
    int more = members.size() - MAX_LISTED;
    return more > 0 ? "[" + first + ", … (" + more + " more)]" : "[" + first + "]";
  }

  private static String escape(char control) {
    return switch (control) {
      case '\n' -> "n";
      case '\r' -> "r";
      case '\t' -> "t";
      default -> "u" + HexFormat.of().toHexDigits(control);
    };
  }
}
