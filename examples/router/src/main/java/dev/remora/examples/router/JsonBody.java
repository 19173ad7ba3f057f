package dev.remora.examples.router;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A JSON object of a request; what is of another kind than expected is an {@link ApiException}. */
final class JsonBody {
  private static final Gson GSON =
      new GsonBuilder().setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();

  private final Map<String, Object> members;

  private JsonBody(Map<String, Object> members) {
    this.members = members;
  }

  static JsonBody parse(String json) {
    Map<String, Object> members = membersOf(json);
    if (members == null) {
      throw ApiException.invalid(null, "the body is no JSON object", null);
    }
    return new JsonBody(members);
  }

  /** The members of an object, in their order; null if the text is no object. */
  static @Nullable Map<String, Object> membersOf(String json) {
    try {
      return GSON.fromJson(json, new TypeToken<LinkedHashMap<String, Object>>() {});
    } catch (JsonParseException e) {
      return null; // the caller says what it was
    }
  }

  private static ApiException wrong(String name, String expected) {
    return ApiException.invalid(name, "'" + name + "' must be " + expected, null);
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  /** All members, in a map of the caller's own. */
  Map<String, Object> members() {
    return new LinkedHashMap<>(members);
  }

  private <T> T get(String name, Class<T> type, T otherwise, String expected) {
    Object value = members.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!type.isInstance(value)) {
      throw wrong(name, expected);
    }
    return type.cast(value);
  }

  String text(String name, String otherwise) {
    return get(name, String.class, otherwise, "a string");
  }

  boolean flag(String name) {
    return flag(name, false);
  }

  boolean flag(String name, boolean otherwise) {
    return get(name, Boolean.class, otherwise, "true or false");
  }

  Number number(String name, Number otherwise) {
    return get(name, Number.class, otherwise, "a number");
  }

  OptionalInt integer(String name) {
    if (!has(name)) {
      return OptionalInt.empty();
    }
    double value = number(name, 0).doubleValue();
    if (value != Math.rint(value) || value < 0 || value > Integer.MAX_VALUE) {
      throw wrong(name, "an integer from 0 on");
    }
    return OptionalInt.of((int) value);
  }

  int[] integers(String name) {
    if (!(members.get(name) instanceof List<?> list)) {
      throw wrong(name, "a list of integers");
    }
    int[] integers = new int[list.size()];
    for (int index = 0; index < integers.length; index++) {
      if (!(list.get(index) instanceof Long number) || number.intValue() != number) {
        throw wrong(name, "a list of integers");
      }
      integers[index] = number.intValue();
    }
    return integers;
  }

  /** A string, or a list of them; none where it is absent. */
  List<String> texts(String name) {
    Object value = members.get(name);
    List<?> list =
        value instanceof List<?> many ? many : value == null ? List.of() : List.of(value);
    for (Object item : list) {
      if (!(item instanceof String text) || text.isEmpty()) {
        throw wrong(name, "a string or a list of strings, none of them empty");
      }
    }
    return list.stream().map(String.class::cast).toList();
  }

  JsonBody object(String name) {
    Object value = members.get(name);
    return new JsonBody(value == null ? Map.of() : object(name, value));
  }

  /** A list of objects that is not empty. */
  List<Map<String, Object>> objects(String name) {
    if (!(members.get(name) instanceof List<?> list) || list.isEmpty()) {
      throw wrong(name, "a list that is not empty");
    }
    return list.stream().map(item -> object(name, item)).toList();
  }

  @SuppressWarnings("unchecked") // the keys of a JSON object are strings
  private static Map<String, Object> object(String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw wrong(name, "an object, or a list of them");
  }
}
