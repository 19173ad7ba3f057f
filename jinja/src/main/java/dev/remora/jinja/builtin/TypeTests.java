package dev.remora.jinja.builtin;

import dev.remora.jinja.value.BooleanValue;
import dev.remora.jinja.value.Value;
import dev.remora.jinja.value.Value.Kind;
import java.util.Map;

/** The tests of what a value is. */
final class TypeTests {
  static final Map<String, Builtin> ALL =
      Builtin.byName(
          Builtin.test("defined", value -> !value.isUndefined()),
          Builtin.test("undefined", Value::isUndefined),
          ofKind("none", Kind.NONE),
          ofKind("boolean", Kind.BOOLEAN),
          ofKind("integer", Kind.INTEGER),
          ofKind("float", Kind.FLOAT),
          ofKind("mapping", Kind.DICT),
          Builtin.test("true", value -> value == BooleanValue.TRUE),
          Builtin.test("false", value -> value == BooleanValue.FALSE),
          Builtin.test("number", Value::isNumber),
          Builtin.test("string", Value::isString),
          Builtin.test("iterable", Value::isIterable),
          Builtin.test("sequence", Value::isSequence),
          Builtin.test("callable", Value::isCallable),
          Builtin.test("escaped", value -> value.isString() && value.asString().isMarkup()));

  private TypeTests() {}

  private static Builtin ofKind(String name, Kind kind) {
    return Builtin.test(name, value -> value.is(kind));
  }
}
