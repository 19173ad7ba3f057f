package dev.remora.jinja.builtin;

import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TextBuilder;
import dev.remora.jinja.value.Value;
import java.util.Map;

/** The methods of str that fill it up to a width. */
final class FillingMethods {
  /** What strings are filled up with. */
  static final StringValue BLANK = StringValue.of(" ");

  static final Map<String, Builtin> ALL =
      Builtin.byName(
          Builtin.of("center", FillingMethods::center, "width", "fillchar"),
          Builtin.of("ljust", FillingMethods::justifyLeft, "width", "fillchar"),
          Builtin.of("rjust", FillingMethods::justifyRight, "width", "fillchar"),
          Builtin.of("zfill", FillingMethods::fillWithZeros, "width"));

  private FillingMethods() {}

  private static Value justifyLeft(Budget budget, Value value, Bound bound) {
    return filled(budget, value, fill(bound), 0, missing(value, bound));
  }

  private static Value justifyRight(Budget budget, Value value, Bound bound) {
    return filled(budget, value, fill(bound), missing(value, bound), 0);
  }

  private static long missing(Value value, Bound bound) {
    return Math.max(0, bound.integer("width")) - value.length();
  }

  private static Value center(Budget budget, Value value, Bound bound) {
    return center(budget, value, fill(bound), bound.integer("width"));
  }

  /** A string in the middle of so many characters. */
  static Value center(Budget budget, Value value, StringValue fill, long asked) {
    long width = Math.max(0, asked);
    long missing = width - value.length();
    long left = missing / 2 + (missing & width & 1);
    return filled(budget, value, fill, left, missing - left);
  }

  private static StringValue fill(Bound bound) {
    StringValue fill = bound.get("fillchar", BLANK).asString();
    if (fill.length() != 1) {
      throw new EvaluationFailure("The fill character must be exactly one character long");
    }
    return fill;
  }

  private static Value filled(Budget budget, Value value, StringValue fill, long left, long right) {
    StringValue string = StringMethods.counted(budget, value);
    return new TextBuilder(budget).repeat(fill, left).append(string).repeat(fill, right).build();
  }

  private static Value fillWithZeros(Budget budget, Value value, Bound bound) {
    StringValue string = StringMethods.counted(budget, value);
    int sign = string.text().startsWith("-") || string.text().startsWith("+") ? 1 : 0;
    return new TextBuilder(budget)
        .append(string.substring(0, sign))
        .repeat(StringValue.from(string.origin(), "0"), bound.integer("width") - string.length())
        .append(string.substring(sign))
        .build();
  }
}
