package dev.remora.jinja.builtin;

import dev.remora.jinja.value.Arguments;
import dev.remora.jinja.value.BooleanValue;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.NumberValue;
import dev.remora.jinja.value.Origin;
import dev.remora.jinja.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function that templates can use on a value: one object for each filter, test and method, and
 * for each global function, whose value is None. Immutable.
 */
public final class Builtin {
  private final String name;
  private final Body body;
  private final List<String> parameters;
  private final boolean variadic;
  private final Bound withoutArguments;

  private Builtin(String name, Body body, List<String> parameters, boolean variadic) {
    this.name = name;
    this.body = body;
    this.parameters = parameters;
    this.variadic = variadic;
    this.withoutArguments = new Bound(name, parameters, Arguments.NONE);
  }

  /** What a built-in does. */
  @FunctionalInterface
  interface Body {
    Value apply(Budget budget, Value value, Bound arguments);
  }

  /** What a test decides. */
  @FunctionalInterface
  interface Decision {
    boolean test(Budget budget, Value value, Bound arguments);
  }

  /** A built-in whose arguments are bound to parameters. */
  static Builtin of(String name, Body body, String... parameters) {
    return new Builtin(name, body, Arrays.asList(parameters), false);
  }

  /** A built-in that reads its arguments itself. */
  static Builtin variadic(String name, Body body) {
    return new Builtin(name, body, List.of(), true);
  }

  /** A test whose arguments are bound to parameters. */
  static Builtin test(String name, Decision decision, String... parameters) {
    return of(
        name,
        (budget, value, arguments) -> BooleanValue.of(decision.test(budget, value, arguments)),
        parameters);
  }

  /** A test without parameters. */
  static Builtin test(String name, Predicate<Value> decision) {
    return test(name, (budget, value, arguments) -> decision.test(value));
  }

  /** The same under another name. */
  Builtin as(String alias) {
    return new Builtin(alias, body, parameters, variadic);
  }

  /** The same with its result changed, by the value it was called on and the result. */
  Builtin then(BinaryOperator<Value> change) {
    return new Builtin(
        name,
        (budget, value, arguments) -> change.apply(value, body.apply(budget, value, arguments)),
        parameters,
        variadic);
  }

  /** Built-ins by name, each of which occurs once. */
  static Map<String, Builtin> byName(Builtin... builtins) {
    return Stream.of(builtins)
        .collect(Collectors.toUnmodifiableMap(Builtin::name, Function.identity()));
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Calls it on a value. */
  public Value call(Budget budget, Value value, Arguments arguments) {
    budget.step();
    if (value.isNumber()) {
      budget.computing(value.asNumber().words());
    }
    if (arguments.isEmpty()) {
      return made(body.apply(budget, value, withoutArguments), value, arguments);
    }
    Bound bound = new Bound(name, parameters, arguments);
    if (!variadic) {
      bound.check();
    }
    return made(body.apply(budget, value, bound), value, arguments);
  }

  /** The result; a number that was computed is made of all that it was computed from. */
  private static Value made(Value result, Value value, Arguments arguments) {
    if (!(result instanceof NumberValue number) || number.origin() != null) {
      return result;
    }
    Origin origin = value.origin();
    for (Value argument : arguments.positional()) {
      origin = Origin.either(origin, argument.origin());
    }
    for (Value argument : arguments.named().values()) {
      origin = Origin.either(origin, argument.origin());
    }
    return number.from(origin);
  }

  @Override
  public String toString() {
    return name + parameters;
  }
}
