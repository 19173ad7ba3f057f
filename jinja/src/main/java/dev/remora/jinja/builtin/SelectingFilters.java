package dev.remora.jinja.builtin;

import dev.remora.jinja.value.Arguments;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.GeneratorValue;
import dev.remora.jinja.value.NoneValue;
import dev.remora.jinja.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** {@code map}, {@code select}, {@code reject} and their kin: lazy, as in Jinja. */
final class SelectingFilters {
  private static final List<String> MAP_PARAMETERS = List.of("attribute", "default");

  private final Lookup filters;
  private final Lookup tests;

  private SelectingFilters(Lookup filters, Lookup tests) {
    this.filters = filters;
    this.tests = tests;
  }

  /** Finds the filter or test of a name; fails if there is none. */
  interface Lookup {
    Builtin named(String name);
  }

  /** The filters, which use other filters and tests by name. */
  static Map<String, Builtin> using(Lookup filters, Lookup tests) {
    SelectingFilters selecting = new SelectingFilters(filters, tests);
    return Builtin.byName(
        Builtin.variadic("map", selecting::map),
        selecting.selection("select", true, false),
        selecting.selection("reject", false, false),
        selecting.selection("selectattr", true, true),
        selecting.selection("rejectattr", false, true));
  }

  private Value map(Budget budget, Value value, Bound bound) {
    UnaryOperator<Value> mapping = mapping(budget, bound.arguments());
    return new GeneratorValue(
        "sync_do_map",
        () -> {
          List<Value> mapped = new ArrayList<>();
          for (Value item : items(budget, value)) {
            budget.step();
            mapped.add(mapping.apply(item));
          }
          return mapped.iterator();
        });
  }

  private UnaryOperator<Value> mapping(Budget budget, Arguments arguments) {
    if (!arguments.positional().isEmpty()) {
      String name = arguments.positional().get(0).asString().text();
      Arguments rest = arguments.from(1);
      return item -> filters.named(name).call(budget, item, rest);
    }
    if (!arguments.named().containsKey("attribute")) {
      return item -> {
        throw new EvaluationFailure("map requires a filter argument");
      };
    }
    Bound bound = new Bound("map", MAP_PARAMETERS, arguments);
    bound.check();
    Value attribute = bound.get("attribute");
    Value otherwise = bound.orNone("default");
    return item -> Attributes.follow(budget, item, attribute, otherwise);
  }

  private Builtin selection(String name, boolean wanted, boolean byAttribute) {
    return Builtin.variadic(
        name,
        (budget, value, bound) ->
            new GeneratorValue(
                "select_or_reject",
                () -> select(budget, value, bound.arguments(), wanted, byAttribute)));
  }

  private Iterator<Value> select(
      Budget budget, Value value, Arguments arguments, boolean wanted, boolean byAttribute) {
    if (byAttribute && arguments.positional().isEmpty()) {
      throw new EvaluationFailure("Missing parameter for attribute name");
    }
    Value attribute = byAttribute ? arguments.positional().get(0) : NoneValue.NONE;
    Predicate<Value> test = test(budget, byAttribute ? arguments.from(1) : arguments);
    List<Value> selected = new ArrayList<>();
    for (Value item : items(budget, value)) {
      budget.step();
      Value tested = Attributes.follow(budget, item, attribute, NoneValue.NONE);
      if (test.test(tested) == wanted) {
        selected.add(item);
      }
    }
    return selected.iterator();
  }

  private Predicate<Value> test(Budget budget, Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      return Value::isTrue;
    }
    Builtin test = tests.named(arguments.positional().get(0).asString().text());
    Arguments rest = arguments.from(1);
    return item -> test.call(budget, item, rest).isTrue();
  }

  /** The elements; none of a value that is false, whatever it is. */
  private static List<Value> items(Budget budget, Value value) {
    return value.isTrue() ? value.list(budget) : List.of();
  }
}
