package dev.remora.chat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names and their values in one part of a template: the whole, one turn of a loop, a macro's body.
 * A name is looked for from the inside out; what is set inside does not show outside.
 */
final class Scope {
  private final Rendering rendering;
  private final @Nullable Scope outer;
  private final Map<String, Object> values;

  private Scope(Rendering rendering, @Nullable Scope outer, Map<String, Object> values) {
    this.rendering = rendering;
    this.outer = outer;
    this.values = values;
  }

  /** The scope of a whole template. */
  static Scope outermost(Rendering rendering, Map<String, Object> context) {
    Scope globals = new Scope(rendering, null, Globals.ALL);
    return new Scope(rendering, globals, new HashMap<>(context));
  }

  /** A scope inside of this one. */
  Scope inner() {
    return new Scope(rendering, this, new HashMap<>());
  }

  Rendering rendering() {
    return rendering;
  }

  /** The value of a name; undefined if it has none. */
  Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Object value = scope.values.get(name);
      if (value != null) {
        return value;
      }
    }
    return Undefined.name(name);
  }

  /** Gives a name a value in this scope. */
  void set(String name, Object value) {
    values.put(name, value);
  }
}
