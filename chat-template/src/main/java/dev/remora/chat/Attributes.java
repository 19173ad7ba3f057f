package dev.remora.chat;

import java.util.List;

/** Python's {@code value.name} and {@code value[key]}, as Jinja's sandbox allows them. */
final class Attributes {
  private Attributes() {}

  /** {@code value.name}: the attribute or method, else the key. */
  static Object dotted(Object value, String name) {
    Object attribute = attribute(value, name);
    if (attribute instanceof Undefined && value instanceof Dict dict && !isInternal(name)) {
      Object entry = dict.get(name);
      return entry == null ? attribute : entry;
    }
    return attribute;
  }

  /** {@code value[key]}: the key or index, else the attribute. */
  static Object item(Rendering rendering, Object value, Object key) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (value instanceof Dict dict) {
      Object entry = key instanceof List || key instanceof Dict ? null : dict.get(key);
      if (entry != null) {
        return entry;
      }
    } else if (Numbers.isInteger(key)) {
      return element(value, Numbers.index(key));
    }
    return key instanceof String name
        ? attribute(value, name)
        : Undefined.element(value, Printer.repr(rendering, key));
  }

  /** The element at an index; undefined if there is none. */
  private static Object element(Object value, long index) {
    if (Types.isText(value)) {
      return character(value, index);
    }
    if (!(value instanceof List) && !(value instanceof Tuple)) {
      return Undefined.element(value, Long.toString(index));
    }
    List<?> items = value instanceof Tuple tuple ? tuple.items() : (List<?>) value;
    long at = index < 0 ? index + items.size() : index;
    return at >= 0 && at < items.size()
        ? items.get((int) at)
        : Undefined.element(value, Long.toString(index));
  }

  private static Object character(Object value, long index) {
    String text = Types.text(value);
    long length = Iteration.length(value);
    long at = index < 0 ? index + length : index;
    if (at < 0 || at >= length) {
      return Undefined.element(value, Long.toString(index));
    }
    String character = Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) at)));
    return value instanceof Markup ? new Markup(character) : character;
  }

  private static Object attribute(Object value, String name) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (isInternal(name)) {
      return unsafe(value, name);
    }
    if (value instanceof Namespace namespace) {
      Object attribute = namespace.values().get(name);
      return attribute == null ? Undefined.attribute(value, name) : attribute;
    }
    if (value instanceof LoopContext loop) {
      return loop.attribute(name);
    }
    if (value instanceof Macro macro) {
      return macro.attribute(name);
    }
    return method(value, name);
  }

  private static Object method(Object value, String name) {
    if (Types.isText(value) && StringMethods.NAMES.contains(name)) {
      return new Function(
          name, (rendering, arguments) -> ofText(rendering, value, name, arguments));
    }
    if (value instanceof Dict dict && DictMethods.NAMES.contains(name)) {
      return new Function(name, (rendering, arguments) -> DictMethods.call(dict, name, arguments));
    }
    if (isSequence(value) && ListMethods.NAMES.contains(name)) {
      return new Function(
          name, (rendering, arguments) -> ListMethods.call(rendering, value, name, arguments));
    }
    boolean changesDict = value instanceof Dict && DictMethods.CHANGING.contains(name);
    boolean changesList =
        value instanceof List && !(value instanceof Range) && ListMethods.CHANGING.contains(name);
    return changesDict || changesList ? unsafe(value, name) : Undefined.attribute(value, name);
  }

  private static boolean isSequence(Object value) {
    return value instanceof List || value instanceof Tuple;
  }

  private static Object ofText(
      Rendering rendering, Object value, String name, Arguments arguments) {
    Object result = StringMethods.call(rendering, Types.text(value), name, arguments);
    return value instanceof Markup ? marked(result) : result;
  }

  /** The texts that a method of markup gives are markup too. */
  private static Object marked(Object result) {
    if (result instanceof String text) {
      return new Markup(text);
    }
    return result instanceof List<?> list ? list.stream().map(Attributes::marked).toList() : result;
  }

  /** Whether Python keeps the name to itself. */
  private static boolean isInternal(String name) {
    return name.startsWith("__") && name.endsWith("__");
  }

  private static Undefined unsafe(Object value, String name) {
    return Undefined.because(
        "access to attribute '%s' of '%s' object is unsafe.".formatted(name, Types.name(value)));
  }
}
