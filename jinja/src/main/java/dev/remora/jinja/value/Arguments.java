package dev.remora.jinja.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The arguments of one call.
 *
 * @param positional those without a name
 * @param named those with one, in the order of the call
 */
public record Arguments(List<Value> positional, Map<String, Value> named) {
  /** No arguments. */
  public static final Arguments NONE = new Arguments(List.of(), Map.of());

  /** Whether there are none. */
  public boolean isEmpty() {
    return positional.isEmpty() && named.isEmpty();
  }

  /** Positional arguments. */
  public static Arguments of(Value... positional) {
    return new Arguments(List.of(positional), Map.of());
  }

  /** The same with one more positional argument before the others. */
  public Arguments after(Value first) {
    List<Value> all = new ArrayList<>(positional.size() + 1);
    all.add(first);
    all.addAll(positional);
    return new Arguments(all, named);
  }

  /** The same without the first positional arguments. */
  public Arguments from(int index) {
    return new Arguments(positional.subList(index, positional.size()), named);
  }
}
