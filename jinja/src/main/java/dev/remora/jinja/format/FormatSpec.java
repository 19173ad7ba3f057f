package dev.remora.jinja.format;

import dev.remora.jinja.text.FloatFormat;
import dev.remora.jinja.text.PythonNumbers;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.NumberValue;
import dev.remora.jinja.value.Origin;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TextBuilder;
import dev.remora.jinja.value.Value;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands after the colon of a field of {@code str.format}.
 *
 * @param fill what it is filled up with; null for blanks
 * @param align one of {@code <>=^}; null for the value's own
 * @param flags the sign that is asked for
 * @param alternate whether {@code #} is there
 * @param zeros whether {@code 0} comes before the width
 * @param width the least number of characters
 * @param grouping what groups digits; null for nothing
 * @param precision the digits or characters; null for the value's own
 * @param letter how to print the value; null for the value's own
 * @param origin what it is made of, and so all that it adds to a value
 */
record FormatSpec(
    @Nullable String fill,
    @Nullable String align,
    String flags,
    boolean alternate,
    boolean zeros,
    long width,
    @Nullable String grouping,
    @Nullable Integer precision,
    @Nullable String letter,
    @Nullable Origin origin) {
  private static final Pattern PATTERN =
      Pattern.compile(
          "(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?([0-9]{1,9})?([,_])?(?:\\.([0-9]{1,9}))?([bcdeEfFgGnosxX%])?",
          Pattern.DOTALL);

  static FormatSpec parse(StringValue text) {
    Matcher spec = PATTERN.matcher(text.text());
    if (!spec.matches()) {
      throw new EvaluationFailure("Invalid format specifier");
    }
    return new FormatSpec(
        spec.group(1),
        spec.group(2),
        spec.group(3) == null ? "" : spec.group(3),
        spec.group(4) != null,
        spec.group(5) != null,
        spec.group(6) == null ? 0 : Long.parseLong(spec.group(6)),
        spec.group(7),
        spec.group(8) == null ? null : Integer.valueOf(spec.group(8)),
        spec.group(9),
        text.origin());
  }

  /** The value in this format. */
  StringValue format(Budget budget, Value value) {
    boolean textual = letter == null || letter.equals("s");
    if (value.isString() ? !textual : letter != null && textual) {
      throw unknown(value);
    }
    boolean plain = letter == null && (value.is(Value.Kind.BOOLEAN) || !value.isNumber());
    if (value.isString() || plain) {
      return aligned(budget, "", cut(value.str(budget)), "<");
    }
    if (!value.isNumber()) {
      throw unknown(value);
    }
    return number(budget, value.asNumber());
  }

  private EvaluationFailure unknown(Value value) {
    return new EvaluationFailure(
        "Unknown format code '" + letter + "' for object of type '" + value.typeName() + "'");
  }

  private StringValue cut(StringValue string) {
    return precision == null || precision >= string.length()
        ? string
        : string.substring(0, string.text().offsetByCodePoints(0, precision));
  }

  private StringValue number(Budget budget, NumberValue value) {
    boolean real = value.is(Value.Kind.FLOAT) || (letter != null && "eEfFgG%".contains(letter));
    if (real && letter != null && "bcdoxX".contains(letter)) {
      throw unknown(value);
    }
    if ("c".equals(letter)) {
      int c = (int) Math.max(0, Math.min(0x10FFFF, value.index()));
      return aligned(budget, "", made(value, Character.toString(c)), "<");
    }
    budget.computing(value.words());
    return real ? real(budget, value) : integer(budget, value);
  }

  /** What the format makes of a number. */
  private StringValue made(NumberValue number, String spelling) {
    return StringValue.from(Origin.either(number.origin(), origin), spelling);
  }

  private StringValue integer(Budget budget, NumberValue number) {
    BigInteger value = number.big();
    char base = letter == null ? 'd' : letter.charAt(0);
    String prefix = alternate ? IntegerFormat.prefix(base) : "";
    String sign = IntegerFormat.sign(value.signum() < 0, flags) + prefix;
    int group = "bxXo".indexOf(base) >= 0 ? 4 : 3;
    String digits = grouped(IntegerFormat.digits(base, value), group);
    return aligned(budget, sign, made(number, digits), ">");
  }

  private StringValue real(Budget budget, NumberValue number) {
    double value = number.real();
    String sign = IntegerFormat.sign(value < 0 || 1 / value < 0, flags);
    String digits = digits(value);
    int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
    String whole = digits.substring(0, point);
    boolean isNumber = whole.chars().allMatch(Character::isDigit);
    String grouped = isNumber ? grouped(whole, 3) : whole;
    return aligned(budget, sign, made(number, grouped + digits.substring(point)), ">");
  }

  private String digits(double value) {
    if (letter == null && precision == null) {
      return PythonNumbers.repr(Math.abs(value));
    }
    int places = precision == null ? 6 : IntegerFormat.checkPrecision(precision);
    boolean percent = "%".equals(letter);
    char kind = letter == null || letter.equals("n") ? 'g' : percent ? 'f' : letter.charAt(0);
    return FloatFormat.format(percent ? value * 100 : value, kind, places) + (percent ? "%" : "");
  }

  private String grouped(String digits, int size) {
    if (grouping == null) {
      return digits;
    }
    int first = digits.length() % size;
    StringBuilder grouped = new StringBuilder(digits.substring(0, first));
    for (int at = first; at < digits.length(); at += size) {
      grouped.append(at > 0 ? grouping : "").append(digits, at, at + size);
    }
    return grouped.toString();
  }

  private StringValue aligned(Budget budget, String sign, StringValue body, String byDefault) {
    String alignment = align != null ? align : zeros && byDefault.equals(">") ? "=" : byDefault;
    StringValue filling = StringValue.from(origin, fill != null ? fill : zeros ? "0" : " ");
    long missing = Math.max(0, width - sign.length() - body.length());
    long left =
        switch (alignment) {
          case "<" -> 0;
          case "^" -> missing / 2;
          default -> missing;
        };
    TextBuilder text = new TextBuilder(budget);
    if (alignment.equals("=")) {
      return text.append(sign, body.origin()).repeat(filling, missing).append(body).build();
    }
    return text.repeat(filling, left)
        .append(sign, body.origin())
        .append(body)
        .repeat(filling, missing - left)
        .build();
  }
}
