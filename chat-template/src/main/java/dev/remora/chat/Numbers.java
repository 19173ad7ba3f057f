package dev.remora.chat;

import dev.remora.LimitException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Python's numbers: an int is a {@link Long}, or a {@link BigInteger} if it does not fit. */
final class Numbers {
  /** The digits that Python turns into an int, or an int into. */
  static final int MAX_DIGITS = 4300;

  /** Bits of the largest int; Python knows no bound. */
  private static final int MAX_BITS = 1 << 16;

  private Numbers() {}

  static boolean isInteger(Object value) {
    return value instanceof Long || value instanceof BigInteger || value instanceof Boolean;
  }

  static boolean isNumber(Object value) {
    return isInteger(value) || value instanceof Double;
  }

  /** An int of any size. */
  static BigInteger big(Object integer) {
    if (integer instanceof BigInteger big) {
      return big;
    }
    if (integer instanceof Boolean flag) {
      return flag ? BigInteger.ONE : BigInteger.ZERO;
    }
    return BigInteger.valueOf((Long) integer);
  }

  /** The int as it is kept: a Long if it fits. */
  static Object small(BigInteger integer) {
    if (integer.bitLength() > MAX_BITS) {
      throw new LimitException(
          Limits.CHARACTERS, "bits of an integer", MAX_BITS, integer.bitLength());
    }
    return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
  }

  /** Refuses an int of so many bits before it is computed. */
  static void checkBits(long bits) {
    if (bits > MAX_BITS) {
      throw new LimitException(Limits.CHARACTERS, "bits of an integer", MAX_BITS, bits);
    }
  }

  /** A number as a float. */
  static double real(Object number) {
    if (number instanceof Double real) {
      return real;
    }
    double real = number instanceof Long small ? small : big(number).doubleValue();
    if (Double.isInfinite(real)) {
      throw new Failure("int too large to convert to float");
    }
    return real;
  }

  /** A value that must be an int within the range of a long; larger ones are cut to its ends. */
  static long index(Object value) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (!isInteger(value)) {
      throw new Failure("'" + Types.name(value) + "' object cannot be interpreted as an integer");
    }
    BigInteger big = big(value);
    if (big.bitLength() < Long.SIZE) {
      return big.longValue();
    }
    return big.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /** The int of a literal, prefixes {@code 0b}, {@code 0o} and {@code 0x} included. */
  static Object literal(String text) {
    int base = text.length() < 2 ? 10 : baseOf(text.charAt(1));
    return small(new BigInteger(base == 10 ? text : text.substring(2), base));
  }

  private static int baseOf(char letter) {
    return switch (letter) {
      case 'b', 'B' -> 2;
      case 'o', 'O' -> 8;
      case 'x', 'X' -> 16;
      default -> 10;
    };
  }

  /** The int that a text spells, as Python's {@code int(text, base)}; null if it spells none. */
  static @Nullable Object parseInteger(String text, int base) {
    String digits = stripped(text);
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    if (digits.length() > 2 && digits.charAt(0) == '0' && base != 10) {
      int prefix = baseOf(digits.charAt(1));
      digits = prefix == base ? digits.substring(2) : digits;
    }
    if (digits.length() > MAX_DIGITS || !digits.matches("[0-9a-zA-Z]+(_[0-9a-zA-Z]+)*")) {
      return null;
    }
    try {
      BigInteger integer = new BigInteger(digits.replace("_", ""), base);
      return small(negative ? integer.negate() : integer);
    } catch (NumberFormatException e) {
      return null; // the answer to a digit outside of the base
    }
  }

  private static String stripped(String text) {
    int from = Chars.spaceEnd(text, 0);
    return from == text.length() ? "" : text.substring(from, Chars.spaceStart(text));
  }

  /** The float that a text spells, as Python's {@code float(text)}; null if it spells none. */
  static @Nullable Double parseReal(String text) {
    String number = stripped(text);
    if (number.matches("[+-]?(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:[eE][+-]?\\d+)?")) {
      return Double.valueOf(number.replace("_", ""));
    }
    return switch (number.toLowerCase(Locale.ROOT).replaceFirst("^\\+", "")) {
      case "inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan", "-nan" -> Double.NaN;
      default -> null;
    };
  }

  /** The float cut to an int. */
  static Object truncated(double real) {
    if (Double.isNaN(real) || Double.isInfinite(real)) {
      throw new Failure("cannot convert float " + text(real) + " to integer");
    }
    return small(new BigDecimal(real).toBigInteger());
  }

  /** The int in decimal. */
  static String text(BigInteger integer) {
    if (integer.bitLength() > MAX_DIGITS * 3.33) {
      throw new Failure(
          "Exceeds the limit (4300 digits) for integer string conversion; use"
              + " sys.set_int_max_str_digits() to increase the limit");
    }
    return integer.toString();
  }

  /** The float as Python's {@code repr}: the fewest digits that give the same float again. */
  static String text(double real) {
    if (Double.isNaN(real)) {
      return "nan";
    }
    if (Double.isInfinite(real)) {
      return real > 0 ? "inf" : "-inf";
    }
    String sign = 1 / real < 0 || real < 0 ? "-" : "";
    if (real == 0) {
      return sign + "0.0";
    }
    BigDecimal shortest = shortest(Math.abs(real));
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - shortest.scale() - 1;
    return sign
        + (exponent < -4 || exponent >= 16 ? scientific(digits, exponent) : fixed(shortest));
  }

  private static BigDecimal shortest(double real) {
    BigDecimal exact = new BigDecimal(real);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == real) {
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
    return "%s%se%s%02d"
        .formatted(digits.charAt(0), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
