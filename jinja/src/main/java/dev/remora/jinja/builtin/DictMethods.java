package dev.remora.jinja.builtin;

import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.DictValue;
import dev.remora.jinja.value.DictView;
import dev.remora.jinja.value.Value;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The methods of dict. */
final class DictMethods {
  static final Map<String, Builtin> ALL =
      Builtin.byName(
          plain("items", 3, dict -> new DictView("dict_items", dict.items())),
          plain("keys", 1, dict -> new DictView("dict_keys", dict.keys())),
          plain("values", 1, dict -> new DictView("dict_values", dict.values())),
          plain("copy", 3, dict -> new DictValue().putAll(dict)),
          Builtin.of("get", DictMethods::get, "key", "default"));

  /** Those that change the dict, which the sandbox refuses. */
  static final Set<String> CHANGING = Set.of("clear", "pop", "popitem", "setdefault", "update");

  private DictMethods() {}

  /** A method without arguments, of so many steps for each entry. */
  private static Builtin plain(String name, int steps, Function<DictValue, Value> body) {
    return Builtin.of(
        name,
        (budget, value, none) -> {
          budget.listing(steps * value.length());
          return body.apply((DictValue) value);
        });
  }

  private static Value get(Budget budget, Value value, Bound bound) {
    Value found = ((DictValue) value).get(budget, bound.get("key"));
    return found == null ? bound.orNone("default") : found;
  }
}
