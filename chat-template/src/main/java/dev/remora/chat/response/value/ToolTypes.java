package dev.remora.chat.response.value;

import dev.remora.jinja.PythonStrings;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types that tools give to their arguments, by which texts become values. Immutable. */
public final class ToolTypes {
  private final Map<String, Map<?, ?>> properties = new HashMap<>();

  /**
   * @param tools JSON schemas of functions, bare or as the member {@code function}; others do not
   *     count
   */
  public ToolTypes(List<?> tools) {
    for (Object tool : tools) {
      Map<?, ?> schema = object(tool);
      schema = schema.containsKey("function") ? object(schema.get("function")) : schema;
      if (schema.get("name") instanceof String name) {
        properties.put(name, object(member(schema.get("parameters"), "properties")));
      }
    }
  }

  private static Map<?, ?> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static @Nullable Object member(@Nullable Object value, String name) {
    return object(value).get(name);
  }

  /** Gives the arguments of calls, a value or a list of them, their types, in place. */
  @SuppressWarnings("unchecked") // the maps are those that were made here or read of JSON
  public void cast(@Nullable Object value) {
    if (value instanceof List<?> calls) {
      calls.forEach(this::cast);
    }
    if (member(value, "function") instanceof Map<?, ?> function
        && function.get("name") instanceof String name
        && function.get("arguments") instanceof Map<?, ?> arguments) {
      Map<?, ?> known = properties.getOrDefault(name, Map.of());
      ((Map<String, @Nullable Object>) arguments)
          .replaceAll((key, argument) -> cast(argument, types(known.get(key))));
    }
  }

  private static List<String> types(@Nullable Object schema) {
    List<String> types = new ArrayList<>();
    Object type = member(schema, "type");
    if (type instanceof String one) {
      types.add(one);
    } else if (type instanceof List<?> several) {
      several.forEach(one -> types.add(String.valueOf(one)));
    }
    if (member(schema, "anyOf") instanceof List<?> choices) {
      choices.forEach(choice -> types.addAll(types(choice)));
    }
    if (PlainValues.isTrue(member(schema, "nullable"))) {
      types.add("null");
    }
    return types;
  }

  private static @Nullable Object cast(@Nullable Object argument, List<String> types) {
    if (argument instanceof List<?> list && !types.isEmpty()) {
      List<@Nullable Object> items = new ArrayList<>(list.size());
      list.forEach(item -> items.add(item instanceof String text ? cast(text, types) : item));
      return items;
    }
    return argument instanceof String text ? cast(text, types) : argument;
  }

  private static @Nullable Object cast(String text, List<String> types) {
    for (String type : types) {
      String word = PythonStrings.strip(text);
      if (type.equals("null") && (word.equals("null") || word.equals("None"))) {
        return null;
      }
      Object value = typed(text, word.toLowerCase(Locale.ROOT), type);
      if (value != null) {
        return value;
      }
    }
    return text;
  }

  /** The value of a type; null if the text has none. */
  private static @Nullable Object typed(String text, String word, String type) {
    return switch (type) {
      case "integer" -> {
        BigInteger integer = PythonStrings.toInteger(text);
        yield integer == null ? null : PythonJson.integer(integer);
      }
      case "number" -> number(text);
      case "boolean" ->
          switch (word) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> null;
          };
      case "object" -> json(text) instanceof Map<?, ?> map ? map : null;
      case "array" -> json(text) instanceof List<?> list ? list : null;
      default -> null;
    };
  }

  private static @Nullable Number number(String text) {
    Double number = PythonStrings.toFloat(text);
    if (number == null || number.isNaN() || number.isInfinite()) {
      return null;
    }
    boolean isWhole = number == Math.rint(number) && text.indexOf('.') < 0;
    return isWhole ? PythonJson.integer(new BigDecimal(number).toBigInteger()) : number;
  }

  private static @Nullable Object json(String text) {
    try {
      return PythonJson.parse(text);
    } catch (ValueFailure e) {
      return null; // the text stays what it is
    }
  }
}
