package dev.remora.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The filters on sequences and dicts. */
final class ListFilters {
  private ListFilters() {}

  static void register() {
    Filters.simple("length", (rendering, value) -> Iteration.length(value));
    Filters.simple("count", (rendering, value) -> Iteration.length(value));
    Filters.simple("list", (rendering, value) -> copy(rendering, value));
    Filters.simple("first", ListFilters::first);
    Filters.simple("last", ListFilters::last);
    Filters.simple("reverse", ListFilters::reverse);
    Filters.simple("items", ListFilters::items);
    Filters.add("default", (rendering, arguments) -> otherwise(arguments));
    Filters.add("d", (rendering, arguments) -> otherwise(arguments));
    Filters.add("attr", (rendering, arguments) -> attribute(arguments));
    Filters.add("sort", ListFilters::sort);
    Filters.add("dictsort", ListFilters::sortDict);
    Filters.add("unique", ListFilters::unique);
    Filters.add("min", (rendering, arguments) -> extreme(rendering, arguments, "min"));
    Filters.add("max", (rendering, arguments) -> extreme(rendering, arguments, "max"));
    Filters.add("sum", ListFilters::sum);
    Filters.add("batch", ListFilters::batch);
    Filters.add("slice", ListFilters::slice);
    Filters.add("groupby", ListFilters::group);
  }

  private static List<Object> copy(Rendering rendering, Object value) {
    List<Object> items = Iteration.list(rendering, value);
    rendering.listing(items.size());
    return new ArrayList<>(items);
  }

  private static Object first(Rendering rendering, Object value) {
    Iterator<Object> items = Iteration.over(rendering, value);
    return items.hasNext() ? items.next() : Undefined.because("No first item, sequence was empty.");
  }

  private static Object last(Rendering rendering, Object value) {
    if (value instanceof Generator) {
      throw new Failure("'generator' object is not reversible");
    }
    List<Object> items = Iteration.list(rendering, value);
    return items.isEmpty()
        ? Undefined.because("No last item, sequence was empty.")
        : items.get(items.size() - 1);
  }

  private static Object reverse(Rendering rendering, Object value) {
    List<Object> items = copy(rendering, value);
    Collections.reverse(items);
    if (!Types.isText(value)) {
      return new Generator("reversed", items.iterator());
    }
    StringBuilder text = new StringBuilder();
    items.forEach(text::append);
    return text.toString();
  }

  private static Object items(Rendering rendering, Object value) {
    return new Generator("do_items", new Lazily(() -> pairs(value).iterator()));
  }

  private static List<Object> pairs(Object value) {
    if (value instanceof Undefined) {
      return List.of();
    }
    if (value instanceof Dict dict) {
      return dict.items();
    }
    throw new Failure("Can only get item pairs from a mapping.");
  }

  private static Object otherwise(Arguments arguments) {
    Bound bound = arguments.bind("default", "value", "default_value", "boolean");
    Object value = bound.get("value");
    boolean missing = value instanceof Undefined || (bound.isTrue("boolean") && !Truth.of(value));
    return missing ? bound.get("default_value", "") : value;
  }

  private static Object attribute(Arguments arguments) {
    Bound bound = arguments.bind("attr", "obj", "name");
    Object value = bound.get("obj");
    return value instanceof Dict dict && !DictMethods.NAMES.contains(bound.text("name"))
        ? Undefined.attribute(dict, bound.text("name"))
        : Attributes.dotted(value, bound.text("name"));
  }

  private static Comparator<Object> order(Rendering rendering) {
    return (left, right) -> Comparison.order(rendering, "<", left, right);
  }

  /** The key to compare by: the attribute, strings in lower case unless asked otherwise. */
  private static Object key(Rendering rendering, Object item, Object attribute, Bound bound) {
    return folded(Paths.follow(rendering, item, attribute, None.NONE), bound);
  }

  private static Object folded(Object key, Bound bound) {
    boolean fold = Types.isText(key) && !bound.isTrue("case_sensitive");
    return fold ? Types.text(key).toLowerCase(Locale.ROOT) : key;
  }

  private static Object sort(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("sort", "value", "reverse", "case_sensitive", "attribute");
    Object attribute = bound.get("attribute", None.NONE);
    return sorted(
        rendering,
        Iteration.list(rendering, bound.get("value")),
        item -> keys(rendering, item, attribute, bound),
        bound.isTrue("reverse"));
  }

  /** The keys of the attributes that a text names with commas between. */
  private static Object keys(Rendering rendering, Object item, Object attribute, Bound bound) {
    if (!(attribute instanceof String names)) {
      return key(rendering, item, attribute, bound);
    }
    List<Object> keys = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      keys.add(key(rendering, item, name, bound));
    }
    return keys;
  }

  /** A stable sort, also where it is reversed. */
  private static List<Object> sorted(
      Rendering rendering,
      List<Object> items,
      java.util.function.Function<Object, Object> key,
      boolean reversed) {
    rendering.listing(2L * items.size());
    List<Tuple> keyed = new ArrayList<>(items.size());
    items.forEach(item -> keyed.add(Tuple.of(key.apply(item), item)));
    Comparator<Object> order = reversed ? order(rendering).reversed() : order(rendering);
    keyed.sort((left, right) -> order.compare(left.items().get(0), right.items().get(0)));
    List<Object> sorted = new ArrayList<>(items.size());
    keyed.forEach(pair -> sorted.add(pair.items().get(1)));
    return sorted;
  }

  private static Object sortDict(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("dictsort", "value", "case_sensitive", "by", "reverse");
    String by = Types.text(bound.get("by", "key"));
    if (!by.equals("key") && !by.equals("value")) {
      throw new Failure("You can only sort by either \"key\" or \"value\"");
    }
    if (!(bound.get("value") instanceof Dict dict)) {
      throw missingItems(bound.get("value"));
    }
    int index = by.equals("key") ? 0 : 1;
    return sorted(
        rendering,
        dict.items(),
        item -> folded(((Tuple) item).items().get(index), bound),
        bound.isTrue("reverse"));
  }

  private static Failure missingItems(Object value) {
    return value instanceof Undefined undefined
        ? undefined.failure()
        : new Failure("'" + Types.name(value) + "' object has no attribute 'items'");
  }

  private static Object unique(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("unique", "value", "case_sensitive", "attribute");
    Object attribute = bound.get("attribute", None.NONE);
    Set<Object> seen = new HashSet<>();
    List<Object> unique = new ArrayList<>();
    for (Object item : Iteration.list(rendering, bound.get("value"))) {
      rendering.step();
      if (seen.add(Dict.hashKey(key(rendering, item, attribute, bound)))) {
        unique.add(item);
      }
    }
    return new Generator("sync_do_unique", unique.iterator());
  }

  private static Object extreme(Rendering rendering, Arguments arguments, String name) {
    Bound bound = arguments.bind(name, "value", "case_sensitive", "attribute");
    Object attribute = bound.get("attribute", None.NONE);
    int wanted = name.equals("min") ? -1 : 1;
    Object best = Undefined.because("No aggregated item, sequence was empty.");
    Object bestKey = None.NONE;
    for (Object item : Iteration.list(rendering, bound.get("value"))) {
      Object key = key(rendering, item, attribute, bound);
      String operator = wanted < 0 ? "<" : ">";
      if (best instanceof Undefined
          || Comparison.order(rendering, operator, key, bestKey) * wanted > 0) {
        best = item;
        bestKey = key;
      }
    }
    return best;
  }

  private static Object sum(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("sum", "iterable", "attribute", "start");
    Object attribute = bound.get("attribute", None.NONE);
    Object sum = bound.get("start", 0L);
    for (Object item : Iteration.list(rendering, bound.get("iterable"))) {
      Object part = Paths.follow(rendering, item, attribute, None.NONE);
      sum = Arithmetic.apply(rendering, "+", sum, part);
    }
    return sum;
  }

  private static Object batch(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("batch", "value", "linecount", "fill_with");
    long size = Numbers.index(bound.get("linecount"));
    List<Object> batches = new ArrayList<>();
    List<Object> batch = new ArrayList<>();
    for (Object item : Iteration.list(rendering, bound.get("value"))) {
      rendering.step();
      if (batch.size() == size) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(item);
    }
    if (!batch.isEmpty()) {
      fill(rendering, batch, bound.get("fill_with", None.NONE), size - batch.size());
      batches.add(batch);
    }
    return new Generator("do_batch", batches.iterator());
  }

  private static void fill(Rendering rendering, List<Object> list, Object filling, long count) {
    if (filling != None.NONE && count > 0) {
      rendering.listing(count);
      list.addAll(Collections.nCopies((int) Math.min(count, Integer.MAX_VALUE), filling));
    }
  }

  private static Object slice(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("slice", "value", "slices", "fill_with");
    List<Object> items = Iteration.list(rendering, bound.get("value"));
    long slices = Numbers.index(bound.get("slices"));
    if (slices == 0) {
      throw new Failure("integer division or modulo by zero");
    }
    rendering.listing(Math.max(0, slices));
    List<Object> result = new ArrayList<>();
    long size = items.size() / slices;
    long larger = items.size() % slices;
    int from = 0;
    for (long slice = 0; slice < slices; slice++) {
      int to = (int) (from + size + (slice < larger ? 1 : 0));
      List<Object> part = new ArrayList<>(items.subList(from, to));
      fill(rendering, part, bound.get("fill_with", None.NONE), slice < larger ? 0 : 1);
      result.add(part);
      from = to;
    }
    return new Generator("sync_do_slice", result.iterator());
  }

  private static Object group(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("groupby", "value", "attribute", "default", "case_sensitive");
    Object attribute = bound.get("attribute");
    Object otherwise = bound.get("default", None.NONE);
    List<Object> items =
        sorted(
            rendering,
            Iteration.list(rendering, bound.get("value")),
            item -> folded(Paths.follow(rendering, item, attribute, otherwise), bound),
            false);
    List<Object> groups = new ArrayList<>();
    List<Object> group = new ArrayList<>();
    for (Object item : items) {
      boolean same =
          !group.isEmpty()
              && Comparison.equal(
                  rendering,
                  folded(Paths.follow(rendering, group.get(0), attribute, otherwise), bound),
                  folded(Paths.follow(rendering, item, attribute, otherwise), bound));
      if (!same) {
        group = new ArrayList<>();
        groups.add(Tuple.of(Paths.follow(rendering, item, attribute, otherwise), group));
      }
      group.add(item);
    }
    return groups;
  }
}
