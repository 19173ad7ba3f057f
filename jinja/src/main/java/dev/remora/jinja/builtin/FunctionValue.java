package dev.remora.jinja.builtin;

import dev.remora.jinja.value.Arguments;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.CallableValue;
import dev.remora.jinja.value.NoneValue;
import dev.remora.jinja.value.Value;

/** A built-in as a value: a global function, or a method bound to the value that it is of. */
final class FunctionValue extends CallableValue {
  private final Builtin builtin;
  private final Value value;

  private FunctionValue(Builtin builtin, Value value) {
    this.builtin = builtin;
    this.value = value;
  }

  /** A method of a value. */
  static FunctionValue method(Builtin builtin, Value value) {
    return new FunctionValue(builtin, value);
  }

  /** A function of no value. */
  static FunctionValue function(Builtin builtin) {
    return new FunctionValue(builtin, NoneValue.NONE);
  }

  @Override
  public String typeName() {
    return "function";
  }

  @Override
  public Value call(Budget budget, Arguments arguments) {
    return builtin.call(budget, value, arguments);
  }

  @Override
  protected String description() {
    return "<function " + builtin.name() + ">";
  }
}
