package dev.remora.jinja.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Floats in the formats {@code e}, {@code f} and {@code g}, rounded from their exact value. */
public final class FloatFormat {
  /** The largest precision; Python knows no bound. */
  public static final int MAX_PRECISION = 1000;

  private FloatFormat() {}

  /**
   * The absolute value of a number in a format.
   *
   * @param letter the format, in lower or upper case
   * @param precision at most {@link #MAX_PRECISION}
   */
  public static String format(double number, char letter, int precision) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return inCase(letter, Double.isNaN(number) ? "nan" : "inf");
    }
    BigDecimal exact = new BigDecimal(Math.abs(number));
    String text =
        switch (letter) {
          case 'f', 'F' -> exact.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
          case 'e', 'E' -> scientific(exact, precision);
          default -> general(exact, Math.max(1, precision));
        };
    return inCase(letter, text);
  }

  private static String inCase(char letter, String text) {
    return Character.isUpperCase(letter) ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static String scientific(BigDecimal exact, int precision) {
    BigDecimal rounded = exact.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    StringBuilder digits = new StringBuilder(rounded.unscaledValue().toString());
    while (digits.length() <= precision) {
      digits.append('0');
    }
    digits.setLength(precision + 1);
    if (precision > 0) {
      digits.insert(1, '.');
    }
    return digits + PythonNumbers.exponent(exponent(rounded));
  }

  private static int exponent(BigDecimal number) {
    return number.signum() == 0 ? 0 : number.precision() - number.scale() - 1;
  }

  private static String general(BigDecimal exact, int precision) {
    BigDecimal rounded = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
    int exponent = exponent(rounded);
    if (exponent >= -4 && exponent < precision) {
      return rounded.signum() == 0 ? "0" : withoutTrailingZeros(rounded.toPlainString());
    }
    String text = scientific(rounded, precision - 1);
    int letter = text.indexOf('e');
    return withoutTrailingZeros(text.substring(0, letter)) + text.substring(letter);
  }

  private static String withoutTrailingZeros(String text) {
    return text.indexOf('.') < 0 ? text : text.replaceFirst("\\.?0+$", "");
  }
}
