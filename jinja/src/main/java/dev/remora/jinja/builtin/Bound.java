package dev.remora.jinja.builtin;

import dev.remora.jinja.value.Arguments;
import dev.remora.jinja.value.BooleanValue;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.NoneValue;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, by the names of the function's parameters. */
final class Bound {
  private final String function;
  private final List<String> parameters;
  private final Arguments arguments;

  Bound(String function, List<String> parameters, Arguments arguments) {
    this.function = function;
    this.parameters = parameters;
    this.arguments = arguments;
  }

  /** Fails if an argument has no parameter, or a parameter two arguments. */
  void check() {
    int given = arguments.positional().size();
    if (given > parameters.size()) {
      throw new EvaluationFailure(
          function + "() takes at most " + parameters.size() + " arguments (" + given + " given)");
    }
    for (String name : arguments.named().keySet()) {
      int index = parameters.indexOf(name);
      if (index < 0) {
        throw EvaluationFailure.quoting(
            name, function + "() got an unexpected keyword argument '" + name + "'");
      }
      if (index < given) {
        throw EvaluationFailure.quoting(
            name, function + "() got multiple values for argument '" + name + "'");
      }
    }
  }

  /** The arguments as they were given. */
  Arguments arguments() {
    return arguments;
  }

  private @Nullable Value find(String parameter) {
    int index = parameters.indexOf(parameter);
    return index < arguments.positional().size()
        ? arguments.positional().get(index)
        : arguments.named().get(parameter);
  }

  /** The argument of a parameter that has no default. */
  Value get(String parameter) {
    Value value = find(parameter);
    if (value == null) {
      throw new EvaluationFailure(
          function + "() missing 1 required positional argument: '" + parameter + "'");
    }
    return value;
  }

  /** The argument of a parameter, or its default. */
  Value get(String parameter, Value byDefault) {
    Value value = find(parameter);
    return value == null ? byDefault : value;
  }

  /** The argument of a parameter; None if it is not given. */
  Value orNone(String parameter) {
    return get(parameter, NoneValue.NONE);
  }

  /** Whether the argument of a parameter, false by default, is true. */
  boolean isTrue(String parameter) {
    return get(parameter, BooleanValue.FALSE).isTrue();
  }

  /** The argument of a parameter as an int, or its default; None is not taken for missing. */
  long integer(String parameter, long byDefault) {
    Value value = find(parameter);
    return value == null ? byDefault : value.index();
  }

  /** The same, but None is taken for missing. */
  long integerOrNone(String parameter, long byDefault) {
    Value value = orNone(parameter);
    return value == NoneValue.NONE ? byDefault : value.index();
  }

  /** The argument of a parameter that must be an int. */
  long integer(String parameter) {
    return get(parameter).index();
  }

  /** The argument of a parameter that must be a string. */
  StringValue string(String parameter) {
    return get(parameter).asString();
  }
}
