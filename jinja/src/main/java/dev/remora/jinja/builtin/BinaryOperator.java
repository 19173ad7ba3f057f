package dev.remora.jinja.builtin;

import dev.remora.jinja.format.PercentFormat;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.FloatValue;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.NumberValue;
import dev.remora.jinja.value.Origin;
import dev.remora.jinja.value.Value;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Python's arithmetic operators, on numbers, strings and sequences. */
public enum BinaryOperator {
  ADD("+", 1) {
    @Override
    NumberValue onIntegers(BigInteger left, BigInteger right) {
      return IntegerValue.of(left.add(right));
    }

    @Override
    NumberValue onSmallIntegers(long left, long right) {
      return IntegerValue.of(left + right);
    }

    @Override
    double onFloats(double left, double right) {
      return left + right;
    }

    @Override
    Value onOthers(Budget budget, Value left, Value right) {
      Value sum = left.plus(budget, right);
      if (sum == null) {
        throw unsupported(left, right);
      }
      return sum;
    }
  },

  SUBTRACT("-", 1) {
    @Override
    NumberValue onIntegers(BigInteger left, BigInteger right) {
      return IntegerValue.of(left.subtract(right));
    }

    @Override
    NumberValue onSmallIntegers(long left, long right) {
      return IntegerValue.of(left - right);
    }

    @Override
    double onFloats(double left, double right) {
      return left - right;
    }
  },

  MULTIPLY("*", 3) {
    @Override
    NumberValue onIntegers(BigInteger left, BigInteger right) {
      return IntegerValue.of(left.multiply(right));
    }

    @Override
    NumberValue onSmallIntegers(long left, long right) {
      return IntegerValue.of(left * right);
    }

    @Override
    double onFloats(double left, double right) {
      return left * right;
    }

    @Override
    Value onOthers(Budget budget, Value left, Value right) {
      if (right.isInteger()) {
        return left.times(budget, right.index());
      }
      if (left.isInteger()) {
        return right.times(budget, left.index());
      }
      throw unsupported(left, right);
    }
  },

  DIVIDE("/", 3) {
    @Override
    NumberValue onIntegers(BigInteger left, BigInteger right) {
      return FloatValue.of(Arithmetic.quotient(left, right));
    }

    @Override
    double onFloats(double left, double right) {
      Arithmetic.checkDivisor(right, "float division by zero");
      return left / right;
    }
  },

  FLOOR_DIVIDE("//", 3) {
    @Override
    NumberValue onIntegers(BigInteger left, BigInteger right) {
      Arithmetic.checkDivisor(right, "integer division or modulo by zero");
      return IntegerValue.of(left.subtract(Arithmetic.modulus(left, right)).divide(right));
    }

    @Override
    double onFloats(double left, double right) {
      Arithmetic.checkDivisor(right, "float floor division by zero");
      return Math.floor((left - Arithmetic.modulus(left, right)) / right + 0.5);
    }
  },

  MODULO("%", 3) {
    @Override
    NumberValue onIntegers(BigInteger left, BigInteger right) {
      Arithmetic.checkDivisor(right, "integer modulo by zero");
      return IntegerValue.of(Arithmetic.modulus(left, right));
    }

    @Override
    double onFloats(double left, double right) {
      Arithmetic.checkDivisor(right, "float modulo");
      return Arithmetic.modulus(left, right);
    }

    /** Formats a string with the other operand, which may be undefined. */
    @Override
    @Nullable Value onString(Budget budget, Value left, Value right) {
      return left.isString() ? PercentFormat.format(budget, left.asString(), right) : null;
    }
  },

  POWER("**", 4) {
    @Override
    NumberValue onIntegers(BigInteger left, BigInteger right) {
      return right.signum() < 0
          ? FloatValue.of(onFloats(IntegerValue.of(left).real(), IntegerValue.of(right).real()))
          : IntegerValue.of(Arithmetic.power(left, right));
    }

    @Override
    long words(NumberValue left, NumberValue right) {
      return left.isInteger() && right.isInteger()
          ? Arithmetic.powerWords(left.big(), right.big())
          : 0;
    }

    @Override
    double onFloats(double left, double right) {
      return Arithmetic.power(left, right);
    }

    @Override
    EvaluationFailure unsupported(Value left, Value right) {
      return unsupportedFor("** or pow()", left, right);
    }
  };

  private final String symbol;
  private final int precedence;

  BinaryOperator(String symbol, int precedence) {
    this.symbol = symbol;
    this.precedence = precedence;
  }

  /** The operator of a symbol; null if there is none. */
  public static @Nullable BinaryOperator of(String symbol) {
    for (BinaryOperator operator : values()) {
      if (operator.symbol.equals(symbol)) {
        return operator;
      }
    }
    return null;
  }

  /** How a template writes it. */
  public String symbol() {
    return symbol;
  }

  /** How strongly it binds, from 1 to 4; {@code ~}, which is not arithmetic, binds with 2. */
  public int precedence() {
    return precedence;
  }

  /** The value of {@code left operator right}. */
  public Value apply(Budget budget, Value left, Value right) {
    Value string = onString(budget, left, right);
    if (string != null) {
      return string;
    }
    left.requireDefined();
    right.requireDefined();
    return left.isNumber() && right.isNumber()
        ? onNumbers(budget, left.asNumber(), right.asNumber())
        : onOthers(budget, left, right);
  }

  private NumberValue onNumbers(Budget budget, NumberValue left, NumberValue right) {
    budget.computing(words(left, right));
    return onCounted(left, right).from(Origin.either(left.origin(), right.origin()));
  }

  private NumberValue onCounted(NumberValue left, NumberValue right) {
    if (!left.isInteger() || !right.isInteger()) {
      return FloatValue.of(onFloats(left.real(), right.real()));
    }
    return left instanceof IntegerValue a
            && right instanceof IntegerValue b
            && a.isSmall()
            && b.isSmall()
        ? onSmallIntegers(a.index(), b.index())
        : onIntegers(left.big(), right.big());
  }

  /** The words of the largest int that the operation meets. */
  long words(NumberValue left, NumberValue right) {
    return Math.max(left.words(), right.words());
  }

  abstract NumberValue onIntegers(BigInteger left, BigInteger right);

  /** The same for ints of at most 32 bits. */
  NumberValue onSmallIntegers(long left, long right) {
    return onIntegers(BigInteger.valueOf(left), BigInteger.valueOf(right));
  }

  abstract double onFloats(double left, double right);

  /** The value where a string on the left decides; null where it does not. */
  @Nullable Value onString(Budget budget, Value left, Value right) {
    return null;
  }

  /** The value for operands that are not both numbers. */
  Value onOthers(Budget budget, Value left, Value right) {
    throw unsupported(left, right);
  }

  EvaluationFailure unsupported(Value left, Value right) {
    return unsupportedFor(symbol, left, right);
  }

  private static EvaluationFailure unsupportedFor(String name, Value left, Value right) {
    return new EvaluationFailure(
        "unsupported operand type(s) for "
            + name
            + ": '"
            + left.typeName()
            + "' and '"
            + right.typeName()
            + "'");
  }
}
