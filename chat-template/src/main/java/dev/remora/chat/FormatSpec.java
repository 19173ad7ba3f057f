package dev.remora.chat;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands after the colon of a field of {@code str.format}. */
final class FormatSpec {
  private static final Pattern PATTERN =
      Pattern.compile(
          "(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\\d{1,9})?([,_])?(?:\\.(\\d{1,9}))?([bcdeEfFgGnosxX%])?",
          Pattern.DOTALL);

  private final Matcher spec;

  private FormatSpec(Matcher spec) {
    this.spec = spec;
  }

  static FormatSpec parse(String text) {
    Matcher spec = PATTERN.matcher(text);
    if (!spec.matches()) {
      throw new Failure("Invalid format specifier");
    }
    return new FormatSpec(spec);
  }

  /** The value in this format. */
  String format(Rendering rendering, Object value) {
    String letter = spec.group(9);
    boolean text = Types.isText(value);
    if (text ? letter != null && !letter.equals("s") : letter != null && letter.equals("s")) {
      throw unknown(letter, value);
    }
    if (text || value instanceof Boolean || !Numbers.isNumber(value)) {
      if (letter == null || text) {
        return aligned(rendering, "", cut(Printer.str(rendering, value)), "<");
      }
      if (!Numbers.isNumber(value)) {
        throw unknown(letter, value);
      }
    }
    return number(rendering, value, letter);
  }

  private static Failure unknown(String letter, Object value) {
    return new Failure(
        "Unknown format code '%s' for object of type '%s'".formatted(letter, Types.name(value)));
  }

  private String cut(String text) {
    long precision = spec.group(8) == null ? Long.MAX_VALUE : Long.parseLong(spec.group(8));
    return precision >= Iteration.length(text)
        ? text
        : text.substring(0, text.offsetByCodePoints(0, (int) precision));
  }

  private String number(Rendering rendering, Object value, String letter) {
    boolean real = value instanceof Double || (letter != null && "eEfFgG%".contains(letter));
    if (real && letter != null && "bcdoxX".contains(letter)) {
      throw unknown(letter, value);
    }
    if ("c".equals(letter)) {
      int c = (int) Math.max(0, Math.min(0x10FFFF, Numbers.index(value)));
      return aligned(rendering, "", Character.toString(c), "<");
    }
    String flags = spec.group(3) == null ? "" : spec.group(3);
    return real
        ? real(rendering, Numbers.real(value), letter, flags)
        : integer(rendering, Numbers.big(value), letter, flags);
  }

  private String integer(Rendering rendering, BigInteger value, String letter, String flags) {
    char base = letter == null ? 'd' : letter.charAt(0);
    String prefix = spec.group(4) == null ? "" : IntegerFormat.prefix(base);
    String sign = IntegerFormat.sign(value.signum() < 0, flags) + prefix;
    boolean hex = "bxXo".indexOf(base) >= 0;
    return aligned(rendering, sign, grouped(IntegerFormat.digits(base, value), hex ? 4 : 3), ">");
  }

  private String real(Rendering rendering, double value, String letter, String flags) {
    String sign = IntegerFormat.sign(value < 0 || 1 / value < 0, flags);
    String digits;
    if (letter == null && spec.group(8) == null) {
      digits = Numbers.text(Math.abs(value));
    } else {
      int precision = spec.group(8) == null ? 6 : Integer.parseInt(spec.group(8));
      boolean percent = "%".equals(letter);
      char kind = letter == null || letter.equals("n") ? 'g' : percent ? 'f' : letter.charAt(0);
      digits =
          RealFormat.format(percent ? value * 100 : value, kind, precision) + (percent ? "%" : "");
    }
    int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
    boolean whole = digits.substring(0, point).chars().allMatch(Character::isDigit);
    String grouped = whole ? grouped(digits.substring(0, point), 3) : digits.substring(0, point);
    return aligned(rendering, sign, grouped + digits.substring(point), ">");
  }

  private String grouped(String digits, int size) {
    if (spec.group(7) == null) {
      return digits;
    }
    StringBuilder grouped = new StringBuilder(digits);
    for (int at = digits.length() - size; at > 0; at -= size) {
      grouped.insert(at, spec.group(7));
    }
    return grouped.toString();
  }

  private String aligned(Rendering rendering, String sign, String body, String byDefault) {
    boolean zeros = spec.group(5) != null;
    String align =
        spec.group(2) != null ? spec.group(2) : zeros && byDefault.equals(">") ? "=" : byDefault;
    String fill = spec.group(1) != null ? spec.group(1) : zeros ? "0" : " ";
    long width = spec.group(6) == null ? 0 : Long.parseLong(spec.group(6));
    long missing = Math.max(0, width - Iteration.length(sign) - Iteration.length(body));
    long left =
        switch (align) {
          case "<" -> 0;
          case "^" -> missing / 2;
          default -> missing;
        };
    Text text = new Text(rendering);
    if (align.equals("=")) {
      return text.append(sign).repeat(fill, missing).append(body).toString();
    }
    return text.repeat(fill, left)
        .append(sign)
        .append(body)
        .repeat(fill, missing - left)
        .toString();
  }
}
