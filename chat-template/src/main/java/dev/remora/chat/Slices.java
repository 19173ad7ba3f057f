package dev.remora.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Python's slices, of strings in code points. */
final class Slices {
  private Slices() {}

  /** The elements from {@code start} to {@code stop} by {@code step}, each of which may be None. */
  static Object of(Rendering rendering, Object value, Object start, Object stop, Object step) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    long stride = step == None.NONE ? 1 : bound(step);
    if (stride == 0) {
      throw new Failure("slice step cannot be zero");
    }
    if (Types.isText(value)) {
      String slice = ofText(rendering, Types.text(value), start, stop, stride);
      return value instanceof Markup ? new Markup(slice) : slice;
    }
    if (!(value instanceof List) && !(value instanceof Tuple)) {
      throw new Failure("'" + Types.name(value) + "' object is not subscriptable");
    }
    List<Object> items = Iteration.list(rendering, value);
    if (value instanceof Range range) {
      return range.slice(
          start(start, stride, range.size()), stop(stop, stride, range.size()), stride);
    }
    rendering.listing(items.size());
    List<Object> slice = new ArrayList<>();
    forEach(start, stop, stride, items.size(), index -> slice.add(items.get(index)));
    return value instanceof Tuple ? new Tuple(slice) : slice;
  }

  private static String ofText(
      Rendering rendering, String text, Object start, Object stop, long stride) {
    rendering.building(text.length());
    int length = text.codePointCount(0, text.length());
    if (stride == 1) {
      int from = (int) start(start, 1, length);
      int to = (int) Math.max(from, stop(stop, 1, length));
      int begin = text.offsetByCodePoints(0, from);
      return text.substring(begin, text.offsetByCodePoints(begin, to - from));
    }
    int[] characters = text.codePoints().toArray();
    StringBuilder slice = new StringBuilder();
    forEach(start, stop, stride, length, index -> slice.appendCodePoint(characters[index]));
    return slice.toString();
  }

  private static void forEach(
      Object start, Object stop, long stride, int length, IntConsumer action) {
    long from = start(start, stride, length);
    long to = stop(stop, stride, length);
    long bounded = Math.max(-length - 1L, Math.min(length + 1L, stride)); // no overflow beyond it
    for (long index = from; stride > 0 ? index < to : index > to; index += bounded) {
      action.accept((int) index);
    }
  }

  private static long start(Object start, long stride, int length) {
    if (start == None.NONE) {
      return stride > 0 ? 0 : length - 1L;
    }
    return within(bound(start), stride, length);
  }

  private static long stop(Object stop, long stride, int length) {
    if (stop == None.NONE) {
      return stride > 0 ? length : -1;
    }
    return within(bound(stop), stride, length);
  }

  private static long within(long index, long stride, int length) {
    long absolute = index < 0 ? index + length : index;
    return stride > 0
        ? Math.max(0, Math.min(length, absolute))
        : Math.max(-1, Math.min(length - 1L, absolute));
  }

  private static long bound(Object value) {
    if (value instanceof Undefined || !Numbers.isInteger(value)) {
      throw new Failure("slice indices must be integers or None or have an __index__ method");
    }
    return Numbers.index(value);
  }
}
