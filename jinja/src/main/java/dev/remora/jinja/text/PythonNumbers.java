package dev.remora.jinja.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's numbers as text, whatever the default locale is. */
public final class PythonNumbers {
  /** The most digits that Python reads as an int, or writes of one. */
  public static final int MAX_DIGITS = 4300;

  private static final Pattern DIGITS = Pattern.compile("[0-9a-zA-Z]++(?:_[0-9a-zA-Z]++)*+");
  private static final Pattern BETWEEN_DIGITS = Pattern.compile("(?<=[0-9])_(?=[0-9])");
  private static final Pattern FLOAT = // possessive: no digit is looked at twice
      Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");

  private PythonNumbers() {}

  /** The int of a literal, including the prefixes {@code 0b}, {@code 0o} and {@code 0x}. */
  public static BigInteger literal(String text) {
    int base = text.length() < 2 ? 10 : baseOf(text.charAt(1));
    return new BigInteger(base == 10 ? text : text.substring(2), base);
  }

  private static int baseOf(char letter) {
    return switch (letter) {
      case 'b', 'B' -> 2;
      case 'o', 'O' -> 8;
      case 'x', 'X' -> 16;
      default -> 10;
    };
  }

  /** What Python's {@code int(text, base)} gives; null if the text is not an int. */
  public static @Nullable BigInteger parseInteger(String text, int base) {
    String digits = withAsciiDigits(PythonCharacters.strip(text));
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    if (digits.length() > 2 && digits.charAt(0) == '0' && base != 10) {
      boolean prefixed = baseOf(digits.charAt(1)) == base;
      digits = prefixed ? digits.substring(digits.charAt(2) == '_' ? 3 : 2) : digits;
    }
    if (digits.length() > MAX_DIGITS || !DIGITS.matcher(digits).matches()) {
      return null;
    }
    try {
      BigInteger integer = new BigInteger(digits.replace("_", ""), base);
      return negative ? integer.negate() : integer;
    } catch (NumberFormatException e) {
      return null; // the answer to a digit outside of the base
    }
  }

  /** What Python's {@code float(text)} gives; null if the text is not a float. */
  public static @Nullable Double parseFloat(String text) {
    String digits = withAsciiDigits(PythonCharacters.strip(text));
    String number = BETWEEN_DIGITS.matcher(digits).replaceAll("");
    if (FLOAT.matcher(number).matches()) {
      return Double.valueOf(number);
    }
    String name = number.toLowerCase(Locale.ROOT);
    return switch (name.startsWith("+") ? name.substring(1) : name) {
      case "inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan", "-nan" -> Double.NaN;
      default -> null;
    };
  }

  /** The text with the decimal digits of other scripts replaced by those of ASCII. */
  private static String withAsciiDigits(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text;
    }
    StringBuilder digits = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
        .forEach(digits::appendCodePoint);
    return digits.toString();
  }

  /** The number with at least so many digits, filled with zeros. */
  public static String padded(long number, int digits) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  /** The number in hexadecimal with at least so many digits, filled with zeros. */
  public static String hexadecimal(int number, int digits) {
    String text = Integer.toHexString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  /** Python's {@code repr} of a float: the fewest digits that give the same float again. */
  public static String repr(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    String sign = 1 / number < 0 || number < 0 ? "-" : "";
    if (number == 0) {
      return sign + "0.0";
    }
    BigDecimal shortest = shortest(Math.abs(number));
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - shortest.scale() - 1;
    return sign
        + (exponent < -4 || exponent >= 16 ? scientific(digits, exponent) : fixed(shortest));
  }

  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == number) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  private static String fixed(BigDecimal number) {
    String text = number.toPlainString();
    return text.indexOf('.') < 0 ? text + ".0" : text;
  }

  private static String scientific(String digits, int exponent) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return digits.charAt(0) + fraction + exponent(exponent);
  }

  /** An exponent as Python writes it, of at least two digits. */
  static String exponent(int exponent) {
    return (exponent < 0 ? "e-" : "e+") + padded(Math.abs(exponent), 2);
  }
}
