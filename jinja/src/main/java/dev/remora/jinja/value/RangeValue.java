package dev.remora.jinja.value;

import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's range, of at most 100,000 numbers, as in Jinja's sandbox. */
public final class RangeValue extends SequenceValue {
  private static final long MAX_SIZE = 100_000;

  private final long start;
  private final long stop;
  private final long step;
  private final int size;
  private final @Nullable Origin origin;

  private RangeValue(long start, long stop, long step, @Nullable Origin origin) {
    if (step == 0) {
      throw new EvaluationFailure("range() arg 3 must not be zero");
    }
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.size = size(start, stop, step);
    this.origin = origin;
  }

  /**
   * Python's {@code range(start, stop, step)}.
   *
   * @param origin what the bounds are made of, and so its numbers
   */
  public static RangeValue of(long start, long stop, long step, @Nullable Origin origin) {
    return new RangeValue(start, stop, step, origin);
  }

  private static int size(long start, long stop, long step) {
    if (step > 0 ? start >= stop : start <= stop) {
      return 0;
    }
    double estimate = ((double) stop - start) / step; // exact for what the bound lets through
    if (estimate > MAX_SIZE) {
      throw new EvaluationFailure(
          "Range too big. The sandbox blocks ranges larger than MAX_RANGE (" + MAX_SIZE + ").");
    }
    return (int) Math.ceil(estimate);
  }

  @Override
  SequenceValue of(List<Value> items) {
    return ListValue.holding(items);
  }

  @Override
  public List<Value> items() {
    return new AbstractList<>() {
      @Override
      public Value get(int index) {
        return IntegerValue.of(start + index * step).from(origin);
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  @Override
  public Kind kind() {
    return Kind.RANGE;
  }

  @Override
  public String typeName() {
    return "range";
  }

  @Override
  void writeRepr(ReprWriter writer) {
    writer.append("range(" + start + ", " + stop + (step == 1 ? ")" : ", " + step + ")"));
  }

  @Override
  public Value slice(Budget budget, Value from, Value to, Value by) {
    budget.listing(size);
    SliceBounds bounds = SliceBounds.of(from, to, by, size);
    return of(
        start + bounds.start() * step, start + bounds.stop() * step, step * bounds.step(), origin);
  }

  @Override
  int orderTo(Budget budget, String operator, Value other) {
    throw new EvaluationFailure(
        "'"
            + operator
            + "' not supported between instances of 'range' and '"
            + other.typeName()
            + "'");
  }

  @Override
  public @Nullable Value plus(Budget budget, Value other) {
    return null;
  }

  @Override
  public Value times(Budget budget, long count) {
    throw new EvaluationFailure("can't multiply sequence by non-int of type 'range'");
  }

  @Override
  public void touchAsKey(Budget budget) {
    budget.listing(size);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RangeValue range && items().equals(range.items());
  }

  @Override
  public int hashCode() {
    return items().hashCode();
  }
}
