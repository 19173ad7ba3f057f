package dev.remora.chat;

import java.util.Set;

/** The methods of dict that a template may call. */
final class DictMethods {
  static final Set<String> NAMES = Set.of("items", "keys", "values", "get", "copy");
  static final Set<String> CHANGING = Set.of("clear", "pop", "popitem", "setdefault", "update");

  private DictMethods() {}

  static Object call(Dict dict, String name, Arguments arguments) {
    if (name.equals("get")) {
      Bound bound = arguments.bind("get", "key", "default");
      Object value = dict.get(bound.get("key"));
      return value == null ? bound.get("default", None.NONE) : value;
    }
    arguments.bind(name);
    return switch (name) {
      case "items" -> new View("dict_items", dict.items());
      case "keys" -> new View("dict_keys", dict.keys());
      case "values" -> new View("dict_values", dict.values());
      default -> new Dict().putAll(dict);
    };
  }
}
