package dev.remora.chat;

import java.math.BigInteger;
import java.util.List;

/** Python's names of the types of values. */
final class Types {
  private Types() {}

  /** The name of a value's type, as error messages spell it. */
  static String name(Object value) {
    if (value instanceof String) {
      return "str";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value instanceof Long || value instanceof BigInteger) {
      return "int";
    }
    if (value instanceof Double) {
      return "float";
    }
    if (value instanceof Range) {
      return "range";
    }
    if (value instanceof List) {
      return "list";
    }
    if (value instanceof Dict) {
      return "dict";
    }
    if (value instanceof Tuple) {
      return "tuple";
    }
    if (value instanceof View view) {
      return view.type();
    }
    return value == None.NONE ? "NoneType" : nameOfOther(value);
  }

  private static String nameOfOther(Object value) {
    if (value instanceof Generator) {
      return "generator";
    }
    return value instanceof Function ? "function" : value.getClass().getSimpleName();
  }

  /** What a missing attribute is said to be missing from. */
  static String owner(Object value) {
    return value == None.NONE ? "None" : name(value) + " object";
  }

  /** The text of a string. */
  static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Markup markup) {
      return markup.text();
    }
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    throw new Failure("expected str, got " + name(value));
  }

  /** Whether the value is a string. */
  static boolean isText(Object value) {
    return value instanceof String || value instanceof Markup;
  }
}
