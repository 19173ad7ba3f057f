package dev.remora.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The arguments of one call.
 *
 * @param positional those without a name
 * @param named those with
 */
record Arguments(List<Object> positional, Map<String, Object> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  static Arguments of(Object... positional) {
    return new Arguments(Arrays.asList(positional), Map.of());
  }

  /** The same with one more positional argument before the others. */
  Arguments after(Object first) {
    List<Object> all = new ArrayList<>(positional.size() + 1);
    all.add(first);
    all.addAll(positional);
    return new Arguments(all, named);
  }

  /** The same without the first positional arguments. */
  Arguments from(int index) {
    return new Arguments(positional.subList(index, positional.size()), named);
  }

  /** The arguments by the names of the parameters. */
  Bound bind(String function, String... parameters) {
    if (positional.size() > parameters.length) {
      throw new Failure(
          "%s() takes at most %d arguments (%d given)"
              .formatted(function, parameters.length, positional.size()));
    }
    List<String> names = Arrays.asList(parameters);
    for (String name : named.keySet()) {
      int index = names.indexOf(name);
      if (index < 0) {
        throw new Failure(function + "() got an unexpected keyword argument '" + name + "'");
      }
      if (index < positional.size()) {
        throw new Failure(function + "() got multiple values for argument '" + name + "'");
      }
    }
    return new Bound(function, this, names);
  }
}
