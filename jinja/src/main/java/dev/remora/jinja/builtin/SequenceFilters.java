package dev.remora.jinja.builtin;

import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.DictValue;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.GeneratorValue;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.ListValue;
import dev.remora.jinja.value.NoneValue;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TextBuilder;
import dev.remora.jinja.value.UndefinedValue;
import dev.remora.jinja.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The filters on the elements of a value, and those on a value as a whole. */
final class SequenceFilters {
  private static final Builtin LENGTH =
      Builtin.of("length", (budget, value, none) -> IntegerValue.of(value.length()));
  private static final Builtin DEFAULT =
      Builtin.of("default", SequenceFilters::otherwise, "default_value", "boolean");

  static final Map<String, Builtin> ALL =
      Builtin.byName(
          LENGTH,
          LENGTH.as("count"),
          DEFAULT,
          DEFAULT.as("d"),
          Builtin.of("attr", SequenceFilters::attribute, "name"),
          Builtin.of("list", (budget, value, none) -> ListValue.holding(copy(budget, value))),
          Builtin.of("first", SequenceFilters::first),
          Builtin.of("last", SequenceFilters::last),
          Builtin.of("reverse", SequenceFilters::reverse),
          Builtin.of("items", SequenceFilters::items),
          Builtin.of("batch", SequenceFilters::batch, "linecount", "fill_with"),
          Builtin.of("slice", SequenceFilters::slice, "slices", "fill_with"));

  private SequenceFilters() {}

  private static Value otherwise(Budget budget, Value value, Bound bound) {
    boolean missing = value.isUndefined() || (bound.isTrue("boolean") && !value.isTrue());
    return missing ? bound.get("default_value", StringValue.EMPTY) : value;
  }

  private static Value attribute(Budget budget, Value value, Bound bound) {
    return Attributes.attribute(value, bound.string("name").text());
  }

  private static List<Value> copy(Budget budget, Value value) {
    List<Value> items = value.list(budget);
    budget.listing(items.size());
    return new ArrayList<>(items);
  }

  private static Value first(Budget budget, Value value, Bound bound) {
    Iterator<Value> items = value.iterator(budget);
    return items.hasNext()
        ? items.next()
        : UndefinedValue.because("No first item, sequence was empty.");
  }

  private static Value last(Budget budget, Value value, Bound bound) {
    if (value.is(Value.Kind.GENERATOR)) {
      throw new EvaluationFailure("'generator' object is not reversible");
    }
    List<Value> items = value.list(budget);
    return items.isEmpty()
        ? UndefinedValue.because("No last item, sequence was empty.")
        : items.get(items.size() - 1);
  }

  private static Value reverse(Budget budget, Value value, Bound bound) {
    List<Value> items = copy(budget, value);
    Collections.reverse(items);
    if (!value.isString()) {
      return new GeneratorValue("reversed", items::iterator);
    }
    TextBuilder text = new TextBuilder(budget);
    items.forEach(item -> text.append(item.asString()));
    return text.build();
  }

  private static Value items(Budget budget, Value value, Bound bound) {
    return new GeneratorValue("do_items", () -> pairs(budget, value).iterator());
  }

  private static List<Value> pairs(Budget budget, Value value) {
    if (value.isUndefined()) {
      return List.of();
    }
    if (value instanceof DictValue dict) {
      budget.listing(3 * dict.length());
      return dict.items();
    }
    throw new EvaluationFailure("Can only get item pairs from a mapping.");
  }

  private static Value batch(Budget budget, Value value, Bound bound) {
    long size = bound.integer("linecount");
    List<Value> batches = new ArrayList<>();
    List<Value> batch = new ArrayList<>();
    for (Value item : value.list(budget)) {
      budget.step();
      if (batch.size() == size) {
        batches.add(ListValue.holding(batch));
        budget.listing(4);
        batch = new ArrayList<>();
      }
      batch.add(item);
    }
    if (!batch.isEmpty()) {
      fill(budget, batch, bound.orNone("fill_with"), size - batch.size());
      batches.add(ListValue.holding(batch));
    }
    return new GeneratorValue("do_batch", batches::iterator);
  }

  private static void fill(Budget budget, List<Value> list, Value filling, long count) {
    if (filling != NoneValue.NONE && count > 0) {
      budget.listing(count);
      list.addAll(Collections.nCopies((int) Math.min(count, Integer.MAX_VALUE), filling));
    }
  }

  private static Value slice(Budget budget, Value value, Bound bound) {
    List<Value> items = value.list(budget);
    long slices = bound.integer("slices");
    if (slices == 0) {
      throw new EvaluationFailure("integer division or modulo by zero");
    }
    budget.listing(Math.max(0, Math.min(slices, Integer.MAX_VALUE)) * 4);
    List<Value> result = new ArrayList<>();
    long size = items.size() / slices;
    long larger = items.size() % slices;
    int from = 0;
    for (long slice = 0; slice < slices; slice++) {
      int to = (int) (from + size + (slice < larger ? 1 : 0));
      List<Value> part = new ArrayList<>(items.subList(from, to));
      fill(budget, part, bound.orNone("fill_with"), slice < larger ? 0 : 1);
      result.add(ListValue.holding(part));
      from = to;
    }
    return new GeneratorValue("sync_do_slice", result::iterator);
  }
}
