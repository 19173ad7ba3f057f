package dev.remora.jinja.builtin;

import dev.remora.jinja.text.PythonCase;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.DictValue;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.GeneratorValue;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.ListValue;
import dev.remora.jinja.value.NoneValue;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TupleValue;
import dev.remora.jinja.value.UndefinedValue;
import dev.remora.jinja.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The filters that compare elements, by themselves or by an attribute. */
final class OrderingFilters {
  static final Map<String, Builtin> ALL =
      Builtin.byName(
          Builtin.of("sort", OrderingFilters::sort, "reverse", "case_sensitive", "attribute"),
          Builtin.of("dictsort", OrderingFilters::sortDict, "case_sensitive", "by", "reverse"),
          Builtin.of("unique", OrderingFilters::unique, "case_sensitive", "attribute"),
          extreme("min", ComparisonOperator.LESS),
          extreme("max", ComparisonOperator.GREATER),
          Builtin.of("sum", OrderingFilters::sum, "attribute", "start"),
          Builtin.of("groupby", OrderingFilters::group, "attribute", "default", "case_sensitive"));

  private OrderingFilters() {}

  /** An element, and what it is compared by. */
  private record Keyed(Value key, Value item) {}

  /** The key of the attribute: strings in lower case unless asked otherwise. */
  private static Value key(Budget budget, Value item, Value attribute, Bound bound) {
    return folded(budget, Attributes.follow(budget, item, attribute, NoneValue.NONE), bound);
  }

  private static Value folded(Budget budget, Value key, Bound bound) {
    boolean fold = key.isString() && !bound.isTrue("case_sensitive");
    if (!fold) {
      return key;
    }
    budget.building(4L * key.asString().text().length());
    return key.asString().map(PythonCase::lower);
  }

  private static Value sort(Budget budget, Value value, Bound bound) {
    Value attribute = bound.orNone("attribute");
    return ListValue.holding(
        sorted(
            budget,
            value.list(budget),
            item -> keys(budget, item, attribute, bound),
            bound.isTrue("reverse")));
  }

  /** The keys of the attributes that a string names with commas between them. */
  private static Value keys(Budget budget, Value item, Value attribute, Bound bound) {
    if (!attribute.isString()) {
      return key(budget, item, attribute, bound);
    }
    List<Value> keys = new ArrayList<>();
    for (String name : attribute.asString().text().split(",", -1)) {
      keys.add(key(budget, item, StringValue.of(name), bound));
    }
    return ListValue.holding(keys);
  }

  /** A stable sort, also where it is reversed. */
  private static List<Value> sorted(
      Budget budget, List<Value> items, UnaryOperator<Value> key, boolean reversed) {
    budget.listing(2L * items.size());
    List<Keyed> keyed = new ArrayList<>(items.size());
    items.forEach(item -> keyed.add(new Keyed(key.apply(item), item)));
    Comparator<Keyed> order = (left, right) -> left.key().order(budget, "<", right.key());
    keyed.sort(reversed ? order.reversed() : order);
    List<Value> sorted = new ArrayList<>(items.size());
    keyed.forEach(pair -> sorted.add(pair.item()));
    return sorted;
  }

  private static Value sortDict(Budget budget, Value value, Bound bound) {
    String by = bound.get("by", StringValue.of("key")).asString().text();
    if (!by.equals("key") && !by.equals("value")) {
      throw new EvaluationFailure("You can only sort by either \"key\" or \"value\"");
    }
    value.requireDefined();
    if (!(value instanceof DictValue dict)) {
      throw new EvaluationFailure("'" + value.typeName() + "' object has no attribute 'items'");
    }
    int index = by.equals("key") ? 0 : 1;
    return ListValue.holding(
        sorted(
            budget,
            items(budget, dict),
            item -> folded(budget, ((TupleValue) item).items().get(index), bound),
            bound.isTrue("reverse")));
  }

  private static List<Value> items(Budget budget, DictValue dict) {
    budget.listing(3 * dict.length());
    return dict.items();
  }

  private static Value unique(Budget budget, Value value, Bound bound) {
    Value attribute = bound.orNone("attribute");
    DictValue seen = new DictValue();
    List<Value> unique = new ArrayList<>();
    for (Value item : value.list(budget)) {
      budget.step();
      Value key = key(budget, item, attribute, bound);
      if (seen.get(budget, key) == null) {
        seen.put(budget, key, item);
        unique.add(item);
      }
    }
    return new GeneratorValue("sync_do_unique", unique::iterator);
  }

  private static Builtin extreme(String name, ComparisonOperator better) {
    return Builtin.of(
        name,
        (budget, value, bound) -> {
          Value attribute = bound.orNone("attribute");
          Keyed best = null;
          for (Value item : value.list(budget)) {
            Keyed next = new Keyed(key(budget, item, attribute, bound), item);
            if (best == null || better.holds(budget, next.key(), best.key())) {
              best = next;
            }
          }
          return best == null
              ? UndefinedValue.because("No aggregated item, sequence was empty.")
              : best.item();
        },
        "case_sensitive",
        "attribute");
  }

  private static Value sum(Budget budget, Value value, Bound bound) {
    Value attribute = bound.orNone("attribute");
    Value sum = bound.get("start", IntegerValue.of(0));
    for (Value item : value.list(budget)) {
      Value part = Attributes.follow(budget, item, attribute, NoneValue.NONE);
      sum = BinaryOperator.ADD.apply(budget, sum, part);
    }
    return sum;
  }

  private static Value group(Budget budget, Value value, Bound bound) {
    Value attribute = bound.get("attribute");
    Value otherwise = bound.orNone("default");
    UnaryOperator<Value> key =
        item -> folded(budget, Attributes.follow(budget, item, attribute, otherwise), bound);
    List<Value> groups = new ArrayList<>();
    List<Value> group = new ArrayList<>();
    for (Value item : sorted(budget, value.list(budget), key, false)) {
      if (group.isEmpty() || !key.apply(group.get(0)).isEqual(budget, key.apply(item))) {
        budget.listing(4);
        group = new ArrayList<>();
        Value grouper = Attributes.follow(budget, item, attribute, otherwise);
        groups.add(TupleValue.containing(grouper, ListValue.holding(group)));
      }
      group.add(item);
    }
    return ListValue.holding(groups);
  }
}
