package dev.remora.chat.response.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be done with any plain value: map, list, string, number, boolean or null. */
public final class PlainValues {
  private PlainValues() {}

  /** Whether Python takes it for true. */
  public static boolean isTrue(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    return value instanceof Number number ? number.doubleValue() != 0 : !isEmpty(value);
  }

  /** Whether it is null, or a text, list or object of nothing. */
  public static boolean isEmpty(@Nullable Object value) {
    return value == null
        || "".equals(value)
        || (value instanceof List<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  /** A copy of an object down to the last value, that may be changed. */
  public static Map<String, @Nullable Object> copyOf(Map<?, ?> map) {
    return copied(map, false);
  }

  /** A copy down to the last value, that nobody may change. */
  public static @Nullable Object freeze(@Nullable Object value) {
    return copied(value, true);
  }

  /** A copy of an object down to the last value, that nobody may change. */
  public static Map<String, @Nullable Object> freezeAll(Map<?, ?> map) {
    return copied(map, true);
  }

  private static @Nullable Object copied(@Nullable Object value, boolean fixed) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(item -> copy.add(copied(item, fixed)));
      return fixed ? Collections.unmodifiableList(copy) : copy;
    }
    return value instanceof Map<?, ?> map ? copied(map, fixed) : value;
  }

  private static Map<String, @Nullable Object> copied(Map<?, ?> map, boolean fixed) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((name, member) -> copy.put(String.valueOf(name), copied(member, fixed)));
    return fixed ? Collections.unmodifiableMap(copy) : copy;
  }
}
