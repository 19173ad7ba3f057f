package dev.remora.chat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** {@code map}, {@code select}, {@code reject} and their kin: lazy, as in Jinja. */
final class SelectionFilters {
  private SelectionFilters() {}

  static void register() {
    Filters.add("map", SelectionFilters::map);
    selection("select", true, false);
    selection("reject", false, false);
    selection("selectattr", true, true);
    selection("rejectattr", false, true);
  }

  private static Object map(Rendering rendering, Arguments arguments) {
    Object value = arguments.positional().get(0);
    Arguments rest = arguments.from(1);
    java.util.function.Function<Object, Object> mapping = mapping(rendering, rest);
    return lazily(
        "sync_do_map",
        () -> {
          List<Object> mapped = new ArrayList<>();
          for (Object item : items(rendering, value)) {
            rendering.step();
            mapped.add(mapping.apply(item));
          }
          return mapped.iterator();
        });
  }

  private static java.util.function.Function<Object, Object> mapping(
      Rendering rendering, Arguments arguments) {
    if (arguments.positional().isEmpty() && arguments.named().containsKey("attribute")) {
      Bound bound = arguments.bind("map", "attribute", "default");
      Object attribute = bound.get("attribute");
      Object otherwise = bound.get("default", None.NONE);
      return item -> Paths.follow(rendering, item, attribute, otherwise);
    }
    if (arguments.positional().isEmpty()) {
      return item -> {
        throw new Failure("map requires a filter argument");
      };
    }
    String name = Types.text(arguments.positional().get(0));
    Arguments rest = arguments.from(1);
    return item -> Filters.named(name).call(rendering, rest.after(item));
  }

  private static void selection(String name, boolean wanted, boolean byAttribute) {
    Filters.add(
        name,
        (rendering, arguments) -> {
          Object value = arguments.positional().get(0);
          return lazily(
              "select_or_reject",
              () -> select(rendering, value, arguments.from(1), wanted, byAttribute));
        });
  }

  private static Iterator<Object> select(
      Rendering rendering, Object value, Arguments arguments, boolean wanted, boolean byAttribute) {
    if (byAttribute && arguments.positional().isEmpty()) {
      throw new Failure("Missing parameter for attribute name");
    }
    Object attribute = byAttribute ? arguments.positional().get(0) : None.NONE;
    Predicate<Object> test = test(rendering, arguments.from(byAttribute ? 1 : 0));
    List<Object> selected = new ArrayList<>();
    for (Object item : items(rendering, value)) {
      rendering.step();
      if (test.test(Paths.follow(rendering, item, attribute, None.NONE)) == wanted) {
        selected.add(item);
      }
    }
    return selected.iterator();
  }

  private static Predicate<Object> test(Rendering rendering, Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      return Truth::of;
    }
    Function test = Tests.named(Types.text(arguments.positional().get(0)));
    Arguments rest = arguments.from(1);
    return item -> Truth.of(test.call(rendering, rest.after(item)));
  }

  /** The elements; none of a value that is false, whatever it is. */
  private static List<Object> items(Rendering rendering, Object value) {
    return Truth.of(value) ? Iteration.list(rendering, value) : List.of();
  }

  private static Generator lazily(
      String name, java.util.function.Supplier<Iterator<Object>> source) {
    return new Generator(name, new Lazily(source));
  }
}
