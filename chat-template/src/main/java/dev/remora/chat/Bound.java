package dev.remora.chat;

import java.util.List;

/** The arguments of one call, by the names of the function's parameters. */
final class Bound {
  private final String function;
  private final Arguments arguments;
  private final List<String> parameters;

  Bound(String function, Arguments arguments, List<String> parameters) {
    this.function = function;
    this.arguments = arguments;
    this.parameters = parameters;
  }

  /** The argument of a parameter that has no default. */
  Object get(String parameter) {
    Object missing = Undefined.name(parameter);
    Object value = get(parameter, missing);
    if (value == missing) {
      throw new Failure(
          function + "() missing 1 required positional argument: '" + parameter + "'");
    }
    return value;
  }

  /** The argument of a parameter, or its default. */
  Object get(String parameter, Object defaultValue) {
    int index = parameters.indexOf(parameter);
    return index < arguments.positional().size()
        ? arguments.positional().get(index)
        : arguments.named().getOrDefault(parameter, defaultValue);
  }

  /** Whether the argument of a parameter, false by default, is true. */
  boolean isTrue(String parameter) {
    return Truth.of(get(parameter, false));
  }

  /** The argument of a parameter as an int, or its default. */
  long integer(String parameter, long defaultValue) {
    return Numbers.index(get(parameter, defaultValue));
  }

  /** The argument of a parameter as a string. */
  String text(String parameter) {
    return Types.text(get(parameter));
  }
}
