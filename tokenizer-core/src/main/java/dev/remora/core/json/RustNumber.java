package dev.remora.core.json;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Decimal numbers as the reference reads them. Its JSON reader does not round correctly: it takes
 * as many digits as fit into 64 bits, makes a floating-point number of them, and divides that by a
 * power of ten, which rounds twice. Scores that differ in their last bit can change which of two
 * equal ways through a word is taken.
 */
public final class RustNumber {
  private static final int MAX_POWER = 308;
  private static final int MOST_TRIES = 64; // of neighbours of a number
  private static final int DIGITS = 19; // that always fit into 64 bits

  private static final double[] POWERS = new double[MAX_POWER + 1];

  static {
    for (int exponent = 0; exponent <= MAX_POWER; exponent++) {
      POWERS[exponent] = Double.parseDouble("1e" + exponent);
    }
  }

  private RustNumber() {}

  /** The value of a JSON number; infinite where the reference finds it out of range. */
  public static double parse(String number) {
    boolean isNegative = number.startsWith("-");
    long significand = 0;
    int exponent = 0;
    boolean isFull = false; // further digits count only before the point, as zeros
    boolean afterPoint = false;
    int at = isNegative ? 1 : 0;
    for (; at < number.length(); at++) {
      char sign = number.charAt(at);
      if (sign == '.') {
        afterPoint = true;
        continue;
      }
      if (sign == 'e' || sign == 'E') {
        exponent = Math.toIntExact(clamped((long) exponent + exponent(number, at + 1)));
        break;
      }
      int digit = sign - '0';
      isFull |= overflows(significand, digit);
      if (!isFull) {
        significand = 10 * significand + digit;
        exponent -= afterPoint ? 1 : 0;
      } else if (!afterPoint) {
        exponent++;
      }
    }
    double value = scaled(unsigned(significand), exponent);
    return isNegative ? -value : value;
  }

  private static boolean overflows(long significand, int digit) {
    int compared = Long.compareUnsigned(significand, Long.divideUnsigned(-1, 10));
    return compared > 0 || (compared == 0 && digit > Long.remainderUnsigned(-1, 10));
  }

  private static long exponent(String number, int from) {
    String digits = number.substring(number.charAt(from) == '+' ? from + 1 : from);
    long most = 1 << 20;
    return digits.length() > 7 ? (digits.startsWith("-") ? -most : most) : Long.parseLong(digits);
  }

  private static long clamped(long exponent) {
    return Math.max(Integer.MIN_VALUE / 2, Math.min(Integer.MAX_VALUE / 2, exponent));
  }

  private static double unsigned(long significand) {
    return significand >= 0
        ? significand
        : new BigDecimal(Long.toUnsignedString(significand)).doubleValue();
  }

  private static double scaled(double significand, int exponent) {
    double value = significand;
    int left = exponent;
    while (left < -MAX_POWER && value != 0) {
      value /= 1e308;
      left += MAX_POWER;
    }
    if (value == 0) {
      return value;
    }
    if (left > MAX_POWER) {
      return Double.POSITIVE_INFINITY;
    }
    return left >= 0 ? value * POWERS[left] : value / POWERS[-left];
  }

  /** A JSON number that the reference reads as a value: the shortest, or else one beside it. */
  static String of(double value) {
    String shortest = Double.toString(value);
    if (parse(shortest) == value || !Double.isFinite(value)) {
      return shortest;
    }
    BigDecimal exact = new BigDecimal(value).round(new MathContext(DIGITS - 1));
    for (int step = 0; step <= MOST_TRIES; step++) {
      for (int direction = -1; direction <= 1; direction += 2) {
        BigDecimal shift = exact.ulp().multiply(BigDecimal.valueOf((long) direction * step * 16));
        String beside = exact.add(shift).toString();
        if (parse(beside) == value) {
          return beside;
        }
      }
    }
    return shortest;
  }
}
