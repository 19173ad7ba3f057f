package dev.remora.jinja.builtin;

import dev.remora.jinja.text.PythonCharacters;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.DictValue;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.NoneValue;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.UndefinedValue;
import dev.remora.jinja.value.Value;
import org.jspecify.annotations.Nullable;

/** Python's {@code value.name} and {@code value[key]}, as Jinja's sandbox allows them. */
public final class Attributes {
  private Attributes() {}

  /** {@code value.name}: the attribute or method, even one that is refused, else the key. */
  public static Value dotted(Value value, StringValue name) {
    Value found = find(value, name.text());
    if (found == null && value instanceof DictValue dict) {
      found = dict.get(name);
    }
    return found == null ? UndefinedValue.attribute(value, name.text()) : found;
  }

  /** {@code value[key]}: the key or index, else the attribute. */
  public static Value item(Budget budget, Value value, Value key) {
    key.touchAsKey(budget);
    Value item = value.item(key);
    if (item != null) {
      return item;
    }
    return key.isString()
        ? attribute(value, key.asString().text())
        : UndefinedValue.element(value, key.repr(budget).text());
  }

  /** {@code value.name}, but never the key. */
  static Value attribute(Value value, String name) {
    Value found = find(value, name);
    return found == null ? UndefinedValue.attribute(value, name) : found;
  }

  /** The attribute or method; undefined for one that the sandbox refuses, null for none. */
  private static @Nullable Value find(Value value, String name) {
    Value own = value.attribute(name);
    if (own != null) {
      return own;
    }
    Builtin method = Methods.named(value, name);
    if (method != null) {
      return FunctionValue.method(method, value);
    }
    return isInternal(name) || Methods.isChanging(value, name)
        ? UndefinedValue.unsafe(value, name)
        : null;
  }

  /** Whether Python keeps the name to itself. */
  private static boolean isInternal(String name) {
    return name.startsWith("__") && name.endsWith("__");
  }

  /**
   * What a path leads to from a value.
   *
   * @param path names and indices with dots between them, an index, or None for the value itself
   * @param otherwise what stands for anything undefined on the way; None for nothing
   */
  static Value follow(Budget budget, Value value, Value path, Value otherwise) {
    if (path == NoneValue.NONE) {
      return value;
    }
    if (!path.isString()) {
      return defined(item(budget, value, path), otherwise);
    }
    Value reached = value;
    for (String name : path.asString().text().split("\\.", -1)) {
      budget.step();
      reached = defined(item(budget, reached, key(name)), otherwise);
    }
    return reached;
  }

  private static Value key(String name) {
    return name.length() < 10 && PythonCharacters.isDecimal(name)
        ? IntegerValue.of(Long.parseLong(name))
        : StringValue.of(name);
  }

  private static Value defined(Value value, Value otherwise) {
    return value.isUndefined() && otherwise != NoneValue.NONE ? otherwise : value;
  }
}
