package dev.remora.cli;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Text of others, such as a worker's, as it may be printed: on one line, and with nothing that a
 * terminal obeys. What is not printed as it is becomes an escape of JSON.
 */
final class Printable {
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

  private Printable() {}

  static String of(String text) {
    return CONTROL.matcher(text).replaceAll(control -> "\\\\" + escape(control.group().charAt(0)));
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
