package dev.remora.jinja.builtin;

import dev.remora.jinja.format.TimeFormat;
import dev.remora.jinja.value.Arguments;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.DictValue;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.NamespaceValue;
import dev.remora.jinja.value.Origin;
import dev.remora.jinja.value.RangeValue;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.Value;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names that every template knows. */
public final class Globals {
  private static final Map<String, Value> WITHOUT_CLOCK =
      byName(
          Builtin.variadic("range", Globals::range),
          Builtin.variadic("namespace", Globals::namespace),
          Builtin.variadic("dict", Globals::dict),
          Builtin.of("joiner", Globals::joiner, "sep"),
          Builtin.of("raise_exception", Globals::raise, "message"));

  private Globals() {}

  /** The functions by name, where {@code strftime_now} reads this clock. */
  public static Map<String, Value> with(Clock clock) {
    Map<String, Value> all = new HashMap<>(WITHOUT_CLOCK);
    all.putAll(
        byName(
            Builtin.of(
                "strftime_now",
                (budget, none, bound) ->
                    TimeFormat.format(budget, ZonedDateTime.now(clock), bound.string("format")),
                "format")));
    return all;
  }

  private static Map<String, Value> byName(Builtin... functions) {
    Map<String, Value> byName = new HashMap<>();
    for (Builtin function : functions) {
      byName.put(function.name(), FunctionValue.function(function));
    }
    return byName;
  }

  private static Value range(Budget budget, Value none, Bound bound) {
    List<Value> bounds = bound.arguments().positional();
    if (bounds.isEmpty() || bounds.size() > 3 || !bound.arguments().named().isEmpty()) {
      throw new EvaluationFailure("range expected 1 to 3 arguments, got " + bounds.size());
    }
    Origin origin = null;
    for (Value each : bounds) {
      origin = Origin.either(origin, each.origin());
    }
    long first = bounds.get(0).index();
    if (bounds.size() == 1) {
      return RangeValue.of(0, first, 1, origin);
    }
    return RangeValue.of(
        first, bounds.get(1).index(), bounds.size() == 3 ? bounds.get(2).index() : 1, origin);
  }

  private static DictValue dict(Budget budget, Value none, Bound bound) {
    Arguments arguments = bound.arguments();
    DictValue dict = new DictValue();
    for (Value source : arguments.positional()) {
      if (source instanceof DictValue other) {
        budget.listing(3 * other.length());
        dict.putAll(other);
        continue;
      }
      for (Value item : source.list(budget)) {
        List<Value> pair = item.list(budget);
        if (pair.size() != 2) {
          throw new EvaluationFailure(
              "dictionary update sequence element has length " + pair.size());
        }
        dict.put(budget, pair.get(0), pair.get(1));
      }
    }
    arguments.named().forEach((name, value) -> dict.put(argumentName(name), value));
    return dict;
  }

  /** The name of an argument as a string: whoever unpacks a dict in a call may have chosen it. */
  public static StringValue argumentName(String name) {
    return StringValue.from(Origin.UNKNOWN, name);
  }

  private static Value namespace(Budget budget, Value none, Bound bound) {
    NamespaceValue namespace = new NamespaceValue();
    DictValue values = dict(budget, none, bound);
    budget.listing(3 * values.length());
    for (Value name : values.keys()) {
      namespace.set(name.asString().text(), values.require(name));
    }
    return namespace;
  }

  private static Value raise(Budget budget, Value none, Bound bound) {
    throw EvaluationFailure.raised(bound.get("message").str(budget).text());
  }

  private static Value joiner(Budget budget, Value none, Bound bound) {
    Value separator = bound.get("sep", StringValue.of(", "));
    boolean[] used = {false};
    return FunctionValue.function(
        Builtin.variadic(
            "joiner",
            (calling, value, arguments) -> {
              Value result = used[0] ? separator : StringValue.EMPTY;
              used[0] = true;
              return result;
            }));
  }
}
