package dev.remora.jinja.builtin;

import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.Value;
import java.util.HashMap;
import java.util.Map;

/** All filters and tests by name. */
public final class Builtins {
  static final Map<String, Builtin> FILTERS = new HashMap<>();
  static final Map<String, Builtin> TESTS = new HashMap<>();

  static {
    FILTERS.putAll(TextFilters.ALL);
    FILTERS.putAll(JsonFilters.ALL);
    FILTERS.putAll(NumberFilters.ALL);
    FILTERS.putAll(SequenceFilters.ALL);
    FILTERS.putAll(OrderingFilters.ALL);
    FILTERS.putAll(SelectingFilters.using(Builtins::filter, Builtins::test));
    TESTS.putAll(TypeTests.ALL);
    TESTS.putAll(ComparingTests.ALL);
    TESTS.putAll(
        Builtin.byName(
            Builtin.test("filter", value -> isNameIn(FILTERS, value)),
            Builtin.test("test", value -> isNameIn(TESTS, value))));
  }

  private Builtins() {}

  private static boolean isNameIn(Map<String, Builtin> builtins, Value value) {
    return value.isString() && builtins.containsKey(value.asString().text());
  }

  /** The filter of a name; fails if there is none. */
  public static Builtin filter(String name) {
    Builtin filter = FILTERS.get(name);
    if (filter == null) {
      throw EvaluationFailure.quoting(name, "No filter named '" + name + "'.");
    }
    return filter;
  }

  /** The test of a name; fails if there is none. */
  public static Builtin test(String name) {
    Builtin test = TESTS.get(name);
    if (test == null) {
      throw EvaluationFailure.quoting(name, "No test named '" + name + "'.");
    }
    return test;
  }
}
