package dev.remora.jinja.format;

import dev.remora.jinja.text.FloatFormat;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.IntegerValue;
import java.math.BigInteger;
import java.util.Locale;

/** Ints in decimal, hexadecimal, octal and binary. */
final class IntegerFormat {
  private IntegerFormat() {}

  /** An int as a directive of {@link PercentFormat} asks for it, without its width. */
  static String percent(char letter, String flags, BigInteger integer, long precision) {
    String digits = digits(letter, integer);
    checkPrecision(precision);
    String zeros = "0".repeat((int) Math.max(0, precision - digits.length()));
    String prefix = flags.indexOf('#') >= 0 ? prefix(letter) : "";
    return sign(integer.signum() < 0, flags) + prefix + zeros + digits;
  }

  /** Refuses a precision that is too big to be meant. */
  static int checkPrecision(long precision) {
    if (precision > FloatFormat.MAX_PRECISION) {
      throw new EvaluationFailure("precision too big");
    }
    return (int) precision;
  }

  /** The digits of the absolute value. */
  static String digits(char letter, BigInteger integer) {
    BigInteger absolute = integer.abs();
    return switch (letter) {
      case 'x' -> absolute.toString(16);
      case 'X' -> absolute.toString(16).toUpperCase(Locale.ROOT);
      case 'o' -> absolute.toString(8);
      case 'b' -> absolute.toString(2);
      default -> IntegerValue.decimal(absolute);
    };
  }

  /** What {@code #} puts before the digits. */
  static String prefix(char letter) {
    return "xXob".indexOf(letter) >= 0 ? "0" + letter : "";
  }

  /** The sign that flags ask for. */
  static String sign(boolean negative, String flags) {
    if (negative) {
      return "-";
    }
    return flags.indexOf('+') >= 0 ? "+" : flags.indexOf(' ') >= 0 ? " " : "";
  }
}
