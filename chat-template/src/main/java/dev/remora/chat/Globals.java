package dev.remora.chat;

import java.util.List;
import java.util.Map;

/** The names that every template knows. */
final class Globals {
  static final Map<String, Object> ALL =
      Map.of(
          "range", new Function("range", (rendering, arguments) -> range(arguments)),
          "namespace", new Function("namespace", Globals::namespace),
          "dict", new Function("dict", Globals::dict),
          "raise_exception", new Function("raise_exception", Globals::raise),
          "strftime_now", new Function("strftime_now", Globals::now),
          "joiner", new Function("joiner", (rendering, arguments) -> joiner(arguments)));

  private Globals() {}

  private static Object range(Arguments arguments) {
    List<Object> bounds = arguments.positional();
    if (bounds.isEmpty() || bounds.size() > 3 || !arguments.named().isEmpty()) {
      throw new Failure("range expected 1 to 3 arguments, got " + bounds.size());
    }
    long first = Numbers.index(bounds.get(0));
    if (bounds.size() == 1) {
      return new Range(0, first, 1);
    }
    long step = bounds.size() == 3 ? Numbers.index(bounds.get(2)) : 1;
    return new Range(first, Numbers.index(bounds.get(1)), step);
  }

  private static Object dict(Rendering rendering, Arguments arguments) {
    Dict dict = new Dict();
    for (Object source : arguments.positional()) {
      if (source instanceof Dict other) {
        dict.putAll(other);
        continue;
      }
      for (Object item : Iteration.list(rendering, source)) {
        List<Object> pair = Iteration.list(rendering, item);
        if (pair.size() != 2) {
          throw new Failure("dictionary update sequence element has length " + pair.size());
        }
        dict.put(pair.get(0), pair.get(1));
      }
    }
    arguments.named().forEach(dict::put);
    return dict;
  }

  private static Object namespace(Rendering rendering, Arguments arguments) {
    Namespace namespace = new Namespace();
    Dict values = (Dict) dict(rendering, arguments);
    for (Object key : values.keys()) {
      namespace.values().put(Types.text(key), values.require(key));
    }
    return namespace;
  }

  private static Object raise(Rendering rendering, Arguments arguments) {
    Object message = arguments.bind("raise_exception", "message").get("message");
    throw new Failure(Printer.str(rendering, message));
  }

  private static Object now(Rendering rendering, Arguments arguments) {
    String format = arguments.bind("strftime_now", "format").text("format");
    return TimeFormat.format(rendering, format);
  }

  private static Object joiner(Arguments arguments) {
    Object separator = arguments.bind("joiner", "sep").get("sep", ", ");
    boolean[] used = {false};
    return new Function(
        "joiner",
        (rendering, none) -> {
          Object result = used[0] ? separator : "";
          used[0] = true;
          return result;
        });
  }
}
