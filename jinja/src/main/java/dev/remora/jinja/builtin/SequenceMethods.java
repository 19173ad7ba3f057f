package dev.remora.jinja.builtin;

import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.ListValue;
import dev.remora.jinja.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The methods of list, tuple and range, and those that only list has. */
final class SequenceMethods {
  private static final Builtin COUNT = Builtin.of("count", SequenceMethods::count, "value");
  private static final Builtin INDEX =
      Builtin.of("index", SequenceMethods::index, "value", "start", "stop");

  /** The methods of tuple and range. */
  static final Map<String, Builtin> ALL = Builtin.byName(COUNT, INDEX);

  /** The methods of list. */
  static final Map<String, Builtin> OF_LIST =
      Builtin.byName(COUNT, INDEX, Builtin.of("copy", SequenceMethods::copy));

  /** Those of list that change it, which the sandbox refuses. */
  static final Set<String> CHANGING =
      Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");

  private SequenceMethods() {}

  private static Value copy(Budget budget, Value value, Bound bound) {
    List<Value> items = value.list(budget);
    budget.listing(items.size());
    return ListValue.holding(new ArrayList<>(items));
  }

  private static Value count(Budget budget, Value value, Bound bound) {
    Value item = bound.get("value");
    long count = 0;
    for (Value each : value.list(budget)) {
      count += each.isEqual(budget, item) ? 1 : 0;
    }
    return IntegerValue.of(count);
  }

  private static Value index(Budget budget, Value value, Bound bound) {
    List<Value> items = value.list(budget);
    Value item = bound.get("value");
    long stop = within(bound.integer("stop", Long.MAX_VALUE), items.size());
    for (long at = within(bound.integer("start", 0), items.size()); at < stop; at++) {
      if (items.get((int) at).isEqual(budget, item)) {
        return IntegerValue.of(at);
      }
    }
    String shown = item.repr(budget).text();
    throw EvaluationFailure.quoting(shown, shown + " is not in list");
  }

  private static long within(long index, int size) {
    return Math.max(0, Math.min(size, index < 0 ? index + size : index));
  }
}
