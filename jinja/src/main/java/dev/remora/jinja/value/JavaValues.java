package dev.remora.jinja.value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The border at which plain Java values, as a JSON parser gives them, become a template's. */
public final class JavaValues {
  private static final int MAX_DEPTH = 500;
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,4300}");

  private JavaValues() {}

  /**
   * A copy of a value, so that a template sees it unchanged to the end; its strings are shared.
   *
   * @throws IllegalArgumentException if it is no JSON value
   * @throws LimitFailure if it nests deeper than 500 levels
   */
  public static Value of(@Nullable Object value) {
    return of(value, 0);
  }

  private static Value of(@Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw LimitFailure.tooDeep(MAX_DEPTH, depth);
    }
    if (value == null) {
      return NoneValue.NONE;
    }
    if (value instanceof String text) {
      return StringValue.of(text);
    }
    if (value instanceof Map<?, ?> map) {
      DictValue dict = new DictValue(map.size());
      map.forEach((key, item) -> dict.put(key(key), of(item, depth + 1)));
      return dict;
    }
    if (value instanceof Collection<?> collection) {
      List<Value> list = new ArrayList<>(collection.size());
      collection.forEach(item -> list.add(of(item, depth + 1)));
      return ListValue.holding(list);
    }
    if (value instanceof Boolean flag) {
      return BooleanValue.of(flag);
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Object[] array) {
      return of(Arrays.asList(array), depth);
    }
    if (value instanceof CharSequence || value instanceof Enum) {
      return StringValue.of(value.toString());
    }
    throw new IllegalArgumentException("no JSON value: " + value.getClass().getName());
  }

  private static StringValue key(@Nullable Object key) {
    if (key instanceof String name) {
      return StringValue.of(name);
    }
    throw new IllegalArgumentException("a JSON object with a key that is not a string: " + key);
  }

  /** An int or a float: an int exactly if the number is written without a point and exponent. */
  private static NumberValue number(Number number) {
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      return IntegerValue.of(number.longValue());
    }
    if (number instanceof BigInteger integer) {
      return IntegerValue.of(integer);
    }
    if (number instanceof Double || number instanceof Float) {
      return FloatValue.of(number.doubleValue());
    }
    String text = number.toString(); // BigDecimal, and the numbers that parsers keep as text
    return INTEGER.matcher(text).matches()
        ? IntegerValue.of(new BigInteger(text))
        : FloatValue.of(Double.parseDouble(text));
  }
}
