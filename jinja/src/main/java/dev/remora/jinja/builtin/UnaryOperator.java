package dev.remora.jinja.builtin;

import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.FloatValue;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.NumberValue;
import dev.remora.jinja.value.Value;

/** The signs before a number. */
public enum UnaryOperator {
  NEGATE("-") {
    @Override
    NumberValue onNumber(NumberValue operand) {
      return operand.isInteger()
          ? IntegerValue.of(operand.big().negate())
          : FloatValue.of(-operand.real());
    }
  },

  KEEP("+") {
    @Override
    NumberValue onNumber(NumberValue operand) {
      return operand.isInteger() ? IntegerValue.of(operand.big()) : operand;
    }
  };

  private final String symbol;

  UnaryOperator(String symbol) {
    this.symbol = symbol;
  }

  /** How a template writes it. */
  public String symbol() {
    return symbol;
  }

  /** The value of {@code operator operand}. */
  public Value apply(Budget budget, Value operand) {
    operand.requireDefined();
    if (!operand.isNumber()) {
      throw new EvaluationFailure(
          "bad operand type for unary " + symbol + ": '" + operand.typeName() + "'");
    }
    budget.computing(operand.asNumber().words());
    return onNumber(operand.asNumber()).from(operand.origin());
  }

  abstract NumberValue onNumber(NumberValue operand);
}
