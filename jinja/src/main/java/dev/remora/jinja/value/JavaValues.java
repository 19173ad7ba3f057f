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

  /** A name of the context and its value, of which each part knows where it is. */
  public static Value named(String name, @Nullable Object value) {
    return of(value, Origin.of(name));
  }

  /**
   * A value that the caller trusts, with all that it holds.
   *
   * @param value the value
   */
  public record Trusted(@Nullable Object value) {}

  /**
   * A copy of a value, so that a template sees it unchanged to the end; its strings are shared.
   *
   * @param origin where it is, for what it holds; null where it is the template's own
   * @throws IllegalArgumentException if it is no JSON value
   * @throws LimitFailure if it nests deeper than 500 levels
   */
  public static Value of(@Nullable Object value, @Nullable Origin origin) {
    return of(value, origin, 0);
  }

  private static Value of(@Nullable Object value, @Nullable Origin origin, int depth) {
    if (depth > MAX_DEPTH) {
      throw LimitFailure.tooDeep(MAX_DEPTH, depth);
    }
    if (value == null) {
      return NoneValue.NONE;
    }
    if (value instanceof String text) {
      return StringValue.from(origin, text);
    }
    if (value instanceof Map<?, ?> map) {
      DictValue dict = new DictValue(map.size());
      map.forEach(
          (key, item) -> {
            String name = key(key);
            Origin member = origin == null ? null : origin.member(name);
            dict.put(StringValue.from(member, name), of(item, member, depth + 1));
          });
      return dict;
    }
    if (value instanceof Collection<?> collection) {
      List<Value> list = new ArrayList<>(collection.size());
      for (Object item : collection) {
        list.add(of(item, origin == null ? null : origin.element(list.size()), depth + 1));
      }
      return ListValue.holding(list);
    }
    if (value instanceof Boolean flag) {
      return BooleanValue.of(flag);
    }
    if (value instanceof Number number) {
      return number(number).from(origin);
    }
    if (value instanceof Object[] array) {
      return of(Arrays.asList(array), origin, depth);
    }
    if (value instanceof CharSequence text) {
      return StringValue.from(origin == null ? null : origin.giving(text), text.toString());
    }
    if (value instanceof Enum) {
      return StringValue.from(origin, value.toString());
    }
    if (value instanceof Trusted trusted) {
      return of(trusted.value(), origin == null ? null : origin.asTrusted(), depth);
    }
    throw new IllegalArgumentException("no JSON value: " + value.getClass().getName());
  }

  private static String key(@Nullable Object key) {
    if (key instanceof String name) {
      return name;
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
