package dev.remora.chat;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** The filters of {@code value | name}. */
final class Filters {
  private static final Map<String, Function> ALL = new HashMap<>();

  static {
    TextFilters.register();
    NumberFilters.register();
    ListFilters.register();
    SelectionFilters.register();
    add("tojson", JsonWriter::write);
  }

  private Filters() {}

  static void add(String name, Function.Body body) {
    ALL.put(name, new Function(name, body));
  }

  /** Adds a filter without parameters. */
  static void simple(String name, BiFunction<Rendering, Object, Object> body) {
    add(
        name,
        (rendering, arguments) ->
            body.apply(rendering, arguments.bind(name, "value").get("value")));
  }

  /** The filter of this name. */
  static Function named(String name) {
    Function filter = ALL.get(name);
    if (filter == null) {
      throw new Failure("No filter named '" + name + "'.");
    }
    return filter;
  }

  static boolean exists(String name) {
    return ALL.containsKey(name);
  }
}
