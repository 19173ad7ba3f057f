package dev.remora.chat;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The filters on numbers. */
final class NumberFilters {
  private static final int MAX_PRECISION = 1000;

  private NumberFilters() {}

  static void register() {
    Filters.add("int", NumberFilters::integer);
    Filters.add("float", NumberFilters::real);
    Filters.add("round", NumberFilters::round);
    Filters.simple("abs", (rendering, value) -> absolute(value));
  }

  private static Object integer(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("int", "value", "default", "base");
    Object value = bound.get("value");
    Object otherwise = bound.get("default", 0L);
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (Numbers.isInteger(value)) {
      return Numbers.small(Numbers.big(value));
    }
    if (!Types.isText(value)) {
      return value instanceof Double real ? truncated(real, otherwise) : otherwise;
    }
    int base = (int) Math.max(2, Math.min(36, bound.integer("base", 10)));
    Object integer = Numbers.parseInteger(Types.text(value), base);
    if (integer != null) {
      return integer;
    }
    Double real = Numbers.parseReal(Types.text(value));
    return real == null ? otherwise : truncated(real, otherwise);
  }

  private static Object truncated(double real, Object otherwise) {
    return Double.isNaN(real) || Double.isInfinite(real) ? otherwise : Numbers.truncated(real);
  }

  private static Object real(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("float", "value", "default");
    Object value = bound.get("value");
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (Numbers.isNumber(value)) {
      return Numbers.real(value);
    }
    Double parsed = Types.isText(value) ? Numbers.parseReal(Types.text(value)) : null;
    return parsed == null ? bound.get("default", 0.0) : parsed;
  }

  private static Object absolute(Object value) {
    if (!Numbers.isNumber(value)) {
      throw new Failure("bad operand type for abs(): '" + Types.name(value) + "'");
    }
    return value instanceof Double real
        ? (Object) Math.abs(real)
        : Numbers.small(Numbers.big(value).abs());
  }

  private static Object round(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("round", "value", "precision", "method");
    Object value = bound.get("value");
    String method = Types.text(bound.get("method", "common"));
    if (!Numbers.isNumber(value)) {
      throw new Failure("type " + Types.name(value) + " doesn't define __round__ method");
    }
    long asked = bound.integer("precision", 0);
    int precision = (int) Math.max(-MAX_PRECISION, Math.min(MAX_PRECISION, asked));
    return switch (method) {
      case "common" -> rounded(value, precision);
      case "ceil", "floor" -> {
        double scale = Math.pow(10, precision);
        double scaled = Numbers.real(value) * scale;
        yield (method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled)) / scale;
      }
      default -> throw new Failure("method must be common, ceil or floor");
    };
  }

  private static Object rounded(Object value, int precision) {
    if (value instanceof Double real) {
      boolean finite = !Double.isNaN(real) && !Double.isInfinite(real);
      return finite
          ? new BigDecimal(real).setScale(precision, RoundingMode.HALF_EVEN).doubleValue()
          : real;
    }
    if (precision >= 0) {
      return Numbers.small(Numbers.big(value));
    }
    BigDecimal integer = new BigDecimal(Numbers.big(value));
    return Numbers.small(integer.setScale(precision, RoundingMode.HALF_EVEN).toBigInteger());
  }
}
