package dev.remora.chat;

import java.util.List;
import java.util.Set;

/** The methods of list, tuple and range that a template may call. */
final class ListMethods {
  static final Set<String> NAMES = Set.of("index", "count");
  static final Set<String> CHANGING =
      Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");

  private ListMethods() {}

  static Object call(Rendering rendering, Object value, String name, Arguments arguments) {
    List<Object> items = Iteration.list(rendering, value);
    if (name.equals("count")) {
      Object item = arguments.bind(name, "value").get("value");
      return items.stream().filter(each -> Comparison.equal(rendering, each, item)).count();
    }
    Bound bound = arguments.bind(name, "value", "start", "stop");
    Object item = bound.get("value");
    long stop = within(bound.integer("stop", Long.MAX_VALUE), items.size());
    for (long at = within(bound.integer("start", 0), items.size()); at < stop; at++) {
      if (Comparison.equal(rendering, items.get((int) at), item)) {
        return at;
      }
    }
    throw new Failure(Printer.repr(rendering, item) + " is not in list");
  }

  private static long within(long index, int size) {
    return Math.max(0, Math.min(size, index < 0 ? index + size : index));
  }
}
