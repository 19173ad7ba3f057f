package dev.remora.jinja.parse;

/** The escapes of a string literal, as Python's {@code unicode-escape} reads them. */
final class Escapes {
  private Escapes() {}

  /** What the text between the quotes stands for. */
  static String resolve(String text, int line) {
    int next = text.indexOf('\\');
    if (next < 0) {
      return text;
    }
    StringBuilder resolved = new StringBuilder(text.length());
    int at = 0;
    while (next >= 0) {
      resolved.append(text, at, next);
      at = escape(text, next + 1, resolved, line);
      next = text.indexOf('\\', at);
    }
    return resolved.append(text, at, text.length()).toString();
  }

  /** Appends what the escape stands for whose letter is at {@code at}; gives where it ends. */
  private static int escape(String text, int at, StringBuilder into, int line) {
    char c = text.charAt(at);
    switch (c) {
      case '\n' -> {}
      case '\\', '\'', '"' -> into.append(c);
      case 'a' -> into.append('\u0007');
      case 'b' -> into.append('\b');
      case 'f' -> into.append('\f');
      case 'n' -> into.append('\n');
      case 'r' -> into.append('\r');
      case 't' -> into.append('\t');
      case 'v' -> into.append('\u000B');
      case 'x' -> {
        return code(text, at + 1, 2, into, line);
      }
      case 'u' -> {
        return code(text, at + 1, 4, into, line);
      }
      case 'U' -> {
        return code(text, at + 1, 8, into, line);
      }
      case 'N' -> {
        return named(text, at + 1, into, line);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        return octal(text, at, into);
      }
      default -> into.append('\\').append(c);
    }
    return at + 1;
  }

  private static int code(String text, int from, int digits, StringBuilder into, int line) {
    int to = from + digits;
    if (to > text.length() || !text.substring(from, to).matches("[0-9a-fA-F]+")) {
      throw new SyntaxFailure("truncated escape in a string", line);
    }
    long value = Long.parseLong(text.substring(from, to), 16);
    if (value > Character.MAX_CODE_POINT) {
      throw new SyntaxFailure("illegal Unicode character", line);
    }
    into.appendCodePoint((int) value);
    return to;
  }

  private static int named(String text, int from, StringBuilder into, int line) {
    int close = text.indexOf('}', from);
    if (!text.startsWith("{", from) || close < 0) {
      throw new SyntaxFailure("malformed \\N character escape", line);
    }
    try {
      into.appendCodePoint(Character.codePointOf(text.substring(from + 1, close)));
    } catch (IllegalArgumentException e) {
      throw new SyntaxFailure("unknown Unicode character name", line);
    }
    return close + 1;
  }

  private static int octal(String text, int from, StringBuilder into) {
    int to = from;
    int value = 0;
    while (to < text.length() && to < from + 3 && text.charAt(to) >= '0' && text.charAt(to) < '8') {
      value = value * 8 + text.charAt(to++) - '0';
    }
    into.append((char) value);
    return to;
  }
}
