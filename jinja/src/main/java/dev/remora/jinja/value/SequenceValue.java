package dev.remora.jinja.value;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's list, tuple or range. */
public abstract sealed class SequenceValue extends Value permits ListValue, TupleValue, RangeValue {

  /** The elements; not to be changed. */
  public abstract List<Value> items();

  /** A sequence of the same type, except for a range. */
  abstract SequenceValue of(List<Value> items);

  @Override
  public final boolean isTrue() {
    return !items().isEmpty();
  }

  @Override
  public final boolean isIterable() {
    return true;
  }

  @Override
  public final boolean isSequence() {
    return true;
  }

  @Override
  final List<Value> elements(Budget budget) {
    return items();
  }

  @Override
  public final long length() {
    return items().size();
  }

  @Override
  public final @Nullable Value item(Value key) {
    if (!key.isInteger()) {
      return null;
    }
    long index = key.index();
    int size = items().size();
    long at = index < 0 ? index + size : index;
    return at >= 0 && at < size ? items().get((int) at) : null;
  }

  @Override
  public Value slice(Budget budget, Value start, Value stop, Value step) {
    SliceBounds bounds = SliceBounds.of(start, stop, step, items().size());
    budget.listing(2L * items().size());
    List<Value> slice = new ArrayList<>();
    bounds.forEach(index -> slice.add(items().get(index)));
    return of(slice);
  }

  @Override
  boolean isEqualTo(Budget budget, Value other) {
    if (kind() != other.kind() || length() != other.length()) {
      return false;
    }
    budget.enter(1);
    Iterator<Value> others = ((SequenceValue) other).items().iterator();
    boolean equal = true;
    for (Iterator<Value> items = items().iterator(); equal && items.hasNext(); ) {
      equal = items.next().isEqual(budget, others.next());
    }
    budget.leave(1);
    return equal;
  }

  @Override
  int orderTo(Budget budget, String operator, Value other) {
    if (kind() != other.kind()) {
      return super.orderTo(budget, operator, other);
    }
    List<Value> left = list(budget);
    List<Value> right = other.list(budget);
    int common = Math.min(left.size(), right.size());
    budget.enter(1);
    int order = Integer.compare(left.size(), right.size());
    for (int index = 0; index < common; index++) {
      if (!left.get(index).isEqual(budget, right.get(index))) {
        order = left.get(index).order(budget, operator, right.get(index));
        break;
      }
    }
    budget.leave(1);
    return order;
  }

  @Override
  public @Nullable Value plus(Budget budget, Value other) {
    if (kind() != other.kind()) {
      throw cannotConcatenate(other);
    }
    List<Value> left = items();
    List<Value> right = ((SequenceValue) other).items();
    budget.listing(2L * left.size() + 2L * right.size());
    List<Value> all = new ArrayList<>(left.size() + right.size());
    all.addAll(left);
    all.addAll(right);
    return of(all);
  }

  @Override
  public Value times(Budget budget, long count) {
    List<Value> items = items();
    if (items.isEmpty() || count <= 0) {
      return of(List.of());
    }
    budget.listing(count > Integer.MAX_VALUE ? Long.MAX_VALUE - 1 : count * items.size());
    List<Value> all = new ArrayList<>();
    for (long turn = 0; turn < count; turn++) {
      all.addAll(items);
    }
    return of(all);
  }

  @Override
  public final String toString() {
    return typeName() + items();
  }
}
