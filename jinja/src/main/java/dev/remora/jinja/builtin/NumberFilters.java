package dev.remora.jinja.builtin;

import dev.remora.jinja.text.PythonNumbers;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.FloatValue;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.NumberValue;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;

/** The filters on numbers. */
final class NumberFilters {
  private static final int MAX_PRECISION = 1000;

  static final Map<String, Builtin> ALL =
      Builtin.byName(
          Builtin.of("int", NumberFilters::integer, "default", "base"),
          Builtin.of("float", NumberFilters::real, "default"),
          Builtin.of("round", NumberFilters::round, "precision", "method"),
          Builtin.of("abs", (budget, value, none) -> absolute(value)));

  private NumberFilters() {}

  private static Value integer(Budget budget, Value value, Bound bound) {
    value.requireDefined();
    Value otherwise = bound.get("default", IntegerValue.of(0));
    if (value.isNumber()) {
      NumberValue number = value.asNumber();
      return number.isInteger()
          ? IntegerValue.of(number.big())
          : truncated(number.real(), otherwise);
    }
    if (!value.isString()) {
      return otherwise;
    }
    String text = value.asString().text();
    budget.listing(text.length());
    int base = (int) Math.max(2, Math.min(36, bound.integer("base", 10)));
    BigInteger integer = PythonNumbers.parseInteger(text, base);
    if (integer != null) {
      return IntegerValue.of(integer);
    }
    Double real = PythonNumbers.parseFloat(text);
    return real == null ? otherwise : truncated(real, otherwise);
  }

  private static Value truncated(double real, Value otherwise) {
    return Double.isNaN(real) || Double.isInfinite(real) ? otherwise : IntegerValue.truncated(real);
  }

  private static Value real(Budget budget, Value value, Bound bound) {
    value.requireDefined();
    if (value.isNumber()) {
      return FloatValue.of(value.asNumber().real());
    }
    budget.listing(value.isString() ? value.asString().text().length() : 0);
    Double parsed = value.isString() ? PythonNumbers.parseFloat(value.asString().text()) : null;
    return parsed == null ? bound.get("default", FloatValue.of(0)) : FloatValue.of(parsed);
  }

  private static Value absolute(Value value) {
    if (!value.isNumber()) {
      throw new EvaluationFailure("bad operand type for abs(): '" + value.typeName() + "'");
    }
    NumberValue number = value.asNumber();
    return number.isInteger()
        ? IntegerValue.of(number.big().abs())
        : FloatValue.of(Math.abs(number.real()));
  }

  private static Value round(Budget budget, Value value, Bound bound) {
    if (!value.isNumber()) {
      throw new EvaluationFailure("type " + value.typeName() + " doesn't define __round__ method");
    }
    NumberValue number = value.asNumber();
    long asked = bound.integer("precision", 0);
    int precision = (int) Math.max(-MAX_PRECISION, Math.min(MAX_PRECISION, asked));
    budget.computing(30 + Math.abs(precision) / 10);
    double scale = Math.pow(10, precision);
    return switch (bound.get("method", StringValue.of("common")).asString().text()) {
      case "common" -> rounded(number, precision);
      case "ceil" -> FloatValue.of(Math.ceil(number.real() * scale) / scale);
      case "floor" -> FloatValue.of(Math.floor(number.real() * scale) / scale);
      default -> throw new EvaluationFailure("method must be common, ceil or floor");
    };
  }

  private static Value rounded(NumberValue number, int precision) {
    if (number.isInteger()) {
      BigDecimal integer = new BigDecimal(number.big());
      return IntegerValue.of(
          precision >= 0
              ? number.big()
              : integer.setScale(precision, RoundingMode.HALF_EVEN).toBigInteger());
    }
    return number.isFinite()
        ? FloatValue.of(
            new BigDecimal(number.real()).setScale(precision, RoundingMode.HALF_EVEN).doubleValue())
        : number;
  }
}
