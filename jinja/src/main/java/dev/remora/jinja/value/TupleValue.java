package dev.remora.jinja.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's tuple. */
public final class TupleValue extends SequenceValue implements Comparable<TupleValue> {
  private static final int MAX_KEY_ELEMENTS = 1000;

  private final List<Value> items;

  private TupleValue(List<Value> items) {
    this.items = items;
  }

  @Override
  TupleValue of(List<Value> elements) {
    return new TupleValue(elements);
  }

  /** A tuple of these elements, which are not copied and must not change any more. */
  public static TupleValue holding(List<Value> elements) {
    return new TupleValue(elements);
  }

  /** A tuple of these elements. */
  public static TupleValue containing(Value... elements) {
    return new TupleValue(List.of(elements));
  }

  @Override
  public List<Value> items() {
    return items;
  }

  @Override
  public Kind kind() {
    return Kind.TUPLE;
  }

  @Override
  public String typeName() {
    return "tuple";
  }

  @Override
  void writeRepr(ReprWriter writer) {
    writer.append("(").all(items).append(items.size() == 1 ? ",)" : ")");
  }

  @Override
  void writeJson(JsonWriter writer) {
    writer.array(items);
  }

  @Override
  Value hashable() {
    requireHashable(new int[1]);
    return this;
  }

  /** An element may be in it many times, so elements are counted at each of their places. */
  @Override
  public void touchAsKey(Budget budget) {
    budget.enter(1);
    budget.listing(items.size());
    items.forEach(item -> item.touchAsKey(budget));
    budget.leave(1);
  }

  private void requireHashable(int[] elements) {
    for (Value item : items) {
      if (++elements[0] > MAX_KEY_ELEMENTS) {
        throw new LimitFailure(
            LimitFailure.Limit.STEPS,
            "elements of a tuple used as a key",
            MAX_KEY_ELEMENTS,
            elements[0]);
      }
      if (item instanceof TupleValue inner) {
        inner.requireHashable(elements);
      } else {
        item.hashable();
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TupleValue tuple && items.equals(tuple.items);
  }

  /** An order for keys of one hash; 0 also for what has none. */
  @Override
  public int compareTo(TupleValue other) {
    int order = Integer.compare(items.size(), other.items.size());
    for (int index = 0; order == 0 && index < items.size(); index++) {
      order = compare(items.get(index), other.items.get(index));
    }
    return order;
  }

  private static int compare(Value left, Value right) {
    if (left instanceof NumberValue a && right instanceof NumberValue b) {
      return a.compareTo(b);
    }
    if (left instanceof StringValue a && right instanceof StringValue b) {
      return a.compareTo(b);
    }
    if (left instanceof TupleValue a && right instanceof TupleValue b) {
      return a.compareTo(b);
    }
    return left.kind().compareTo(right.kind());
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }
}
