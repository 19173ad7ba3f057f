package dev.remora.jinja.value;

import java.util.function.IntConsumer;

/**
 * The indices that a slice of a sequence takes.
 *
 * @param start the first one
 * @param stop where it ends, exclusive
 * @param step from one to the next; not 0
 */
record SliceBounds(long start, long stop, long step) {
  /** The bounds of {@code [start:stop:step]}, each of which may be None, on so many elements. */
  static SliceBounds of(Value start, Value stop, Value step, int length) {
    long stride = step == NoneValue.NONE ? 1 : index(step);
    if (stride == 0) {
      throw new EvaluationFailure("slice step cannot be zero");
    }
    long first =
        start == NoneValue.NONE
            ? (stride > 0 ? 0 : length - 1L)
            : within(index(start), stride, length);
    long last =
        stop == NoneValue.NONE ? (stride > 0 ? length : -1) : within(index(stop), stride, length);
    return new SliceBounds(first, last, stride);
  }

  private static long within(long index, long stride, int length) {
    long absolute = index < 0 ? index + length : index;
    return stride > 0
        ? Math.max(0, Math.min(length, absolute))
        : Math.max(-1, Math.min(length - 1L, absolute));
  }

  private static long index(Value value) {
    if (!value.isInteger()) {
      throw new EvaluationFailure(
          "slice indices must be integers or None or have an __index__ method");
    }
    return value.index();
  }

  /** Whether it takes each element between its ends. */
  boolean isContiguous() {
    return step == 1;
  }

  /** How many elements a contiguous slice takes. */
  int size() {
    return (int) Math.max(0, stop - start);
  }

  /** Visits the indices in order. */
  void forEach(IntConsumer action) {
    long bounded = Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, step)); // no overflow
    for (long index = start; bounded > 0 ? index < stop : index > stop; index += bounded) {
      action.accept((int) index);
    }
  }
}
