package dev.remora.chat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain Java values, as a JSON parser gives them, to the values of a template. */
final class Values {
  private static final int MAX_DEPTH = 500;

  private Values() {}

  /**
   * A copy of a value, so that a template sees it unchanged to the end.
   *
   * @throws IllegalArgumentException if it is no JSON value
   * @throws dev.remora.LimitException if it nests deeper than 500 levels
   */
  static Object of(@Nullable Object value) {
    return of(value, 0);
  }

  private static Object of(@Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw Rendering.tooDeep(MAX_DEPTH, depth);
    }
    if (value == null) {
      return None.NONE;
    }
    if (value instanceof String || value instanceof Boolean || value instanceof Long) {
      return value;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Map<?, ?> map) {
      Dict dict = new Dict();
      map.forEach((key, item) -> dict.put(key(key), of(item, depth + 1)));
      return dict;
    }
    if (value instanceof Collection<?> collection) {
      List<Object> list = new ArrayList<>(collection.size());
      collection.forEach(item -> list.add(of(item, depth + 1)));
      return list;
    }
    if (value instanceof CharSequence || value instanceof Enum) {
      return value.toString();
    }
    throw new IllegalArgumentException("no JSON value: " + value.getClass().getName());
  }

  private static String key(@Nullable Object key) {
    if (key instanceof String name) {
      return name;
    }
    throw new IllegalArgumentException("a JSON object with a key that is no string: " + key);
  }

  /** An int or a float: an int exactly if the number is written without a point and exponent. */
  private static Object number(Number number) {
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      return number.longValue();
    }
    if (number instanceof BigInteger integer) {
      return Numbers.small(integer);
    }
    if (number instanceof Double || number instanceof Float) {
      return number.doubleValue();
    }
    String text = number.toString(); // BigDecimal, and the numbers that parsers keep as text
    boolean integer = text.matches("-?\\d{1,4300}");
    return integer ? Numbers.small(new BigInteger(text)) : (Object) Double.valueOf(text);
  }
}
