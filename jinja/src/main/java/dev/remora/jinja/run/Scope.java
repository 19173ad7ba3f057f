package dev.remora.jinja.run;

import dev.remora.jinja.value.UndefinedValue;
import dev.remora.jinja.value.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names and their values in one part of a template: the whole, one turn of a loop, a macro's body.
 * A name is looked up from the inside out; what is set inside does not show outside.
 */
final class Scope {
  private final @Nullable Scope outer;
  private final Map<String, Value> values;

  private Scope(@Nullable Scope outer, Map<String, Value> values) {
    this.outer = outer;
    this.values = values;
  }

  /** The scope of a whole template, which may change the context but not the globals. */
  static Scope outermost(Map<String, Value> globals, Map<String, Value> context) {
    return new Scope(new Scope(null, globals), context);
  }

  /** A scope inside of this one. */
  Scope inner() {
    return new Scope(this, new HashMap<>());
  }

  /** The value of a name; undefined if it has none. */
  Value get(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Value value = scope.values.get(name);
      if (value != null) {
        return value;
      }
    }
    return UndefinedValue.name(name);
  }

  /** Gives a name a value in this scope. */
  void set(String name, Value value) {
    values.put(name, value);
  }
}
