package dev.remora.chat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Python's arithmetic operators, on numbers, strings and lists. */
final class Arithmetic {
  private Arithmetic() {}

  /** Applies an operator of two operands. */
  static Object apply(Rendering rendering, String operator, Object left, Object right) {
    if (operator.equals("%") && Types.isText(left)) {
      String formatted = PercentFormat.format(rendering, Types.text(left), right);
      return left instanceof Markup ? new Markup(formatted) : formatted;
    }
    Comparison.failIfUndefined(left, right);
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return onNumbers(operator, left, right);
    }
    if (operator.equals("+")) {
      return add(rendering, left, right);
    }
    if (operator.equals("*") && Numbers.isInteger(right)) {
      return repeat(rendering, left, Numbers.index(right));
    }
    if (operator.equals("*") && Numbers.isInteger(left)) {
      return repeat(rendering, right, Numbers.index(left));
    }
    throw unsupported(operator, left, right);
  }

  private static Failure unsupported(String operator, Object left, Object right) {
    String name = operator.equals("**") ? "** or pow()" : operator;
    return new Failure(
        "unsupported operand type(s) for %s: '%s' and '%s'"
            .formatted(name, Types.name(left), Types.name(right)));
  }

  private static Object add(Rendering rendering, Object left, Object right) {
    if (left instanceof String text && right instanceof String more) {
      rendering.building((long) text.length() + more.length());
      return text.concat(more);
    }
    if (Types.isText(left) && Types.isText(right)) {
      return new Markup(
          new Text(rendering)
              .append(escaped(rendering, left))
              .append(escaped(rendering, right))
              .toString());
    }
    if (left instanceof Tuple tuple && right instanceof Tuple more) {
      return new Tuple(concatenated(rendering, tuple.items(), more.items()));
    }
    if (isList(left) && isList(right)) {
      return concatenated(
          rendering, Iteration.list(rendering, left), Iteration.list(rendering, right));
    }
    if (Types.isText(left) || isList(left) || left instanceof Tuple) {
      throw new Failure(
          "can only concatenate %s (not \"%s\") to %1$s"
              .formatted(Types.name(left), Types.name(right)));
    }
    throw unsupported("+", left, right);
  }

  /** Whether the value is a list; a range is none. */
  static boolean isList(Object value) {
    return value instanceof List && !(value instanceof Range);
  }

  private static String escaped(Rendering rendering, Object text) {
    return text instanceof String plain ? Markup.escape(rendering, plain) : Types.text(text);
  }

  private static List<Object> concatenated(
      Rendering rendering, List<Object> left, List<Object> right) {
    rendering.listing((long) left.size() + right.size());
    List<Object> all = new ArrayList<>(left.size() + right.size());
    all.addAll(left);
    all.addAll(right);
    return all;
  }

  private static Object repeat(Rendering rendering, Object value, long count) {
    if (Types.isText(value)) {
      String text = repeated(rendering, Types.text(value), count);
      return value instanceof Markup ? new Markup(text) : text;
    }
    if (value instanceof Tuple tuple) {
      return new Tuple(repeated(rendering, tuple.items(), count));
    }
    if (isList(value)) {
      return repeated(rendering, Iteration.list(rendering, value), count);
    }
    throw new Failure("can't multiply sequence by non-int of type '" + Types.name(value) + "'");
  }

  private static String repeated(Rendering rendering, String text, long count) {
    if (text.isEmpty() || count <= 0) {
      return "";
    }
    rendering.building(count > Integer.MAX_VALUE ? count : count * text.length());
    return text.repeat((int) count);
  }

  private static List<Object> repeated(Rendering rendering, List<Object> items, long count) {
    if (items.isEmpty() || count <= 0) {
      return List.of();
    }
    rendering.listing(count > Integer.MAX_VALUE ? Long.MAX_VALUE - 1 : count * items.size());
    List<Object> all = new ArrayList<>();
    for (long turn = 0; turn < count; turn++) {
      all.addAll(items);
    }
    return all;
  }

  private static Object onNumbers(String operator, Object left, Object right) {
    if (left instanceof Double || right instanceof Double) {
      return onReals(operator, Numbers.real(left), Numbers.real(right));
    }
    if (operator.equals("/")) {
      return quotient(Numbers.big(left), Numbers.big(right));
    }
    if (operator.equals("**") && Numbers.big(right).signum() < 0) {
      return onReals(operator, Numbers.real(left), Numbers.real(right));
    }
    if (left instanceof Long a && right instanceof Long b && isSmall(a) && isSmall(b)) {
      return onSmallIntegers(operator, a, b);
    }
    return Numbers.small(onIntegers(operator, Numbers.big(left), Numbers.big(right)));
  }

  private static boolean isSmall(long number) {
    return number == (int) number;
  }

  private static Object onSmallIntegers(String operator, long left, long right) {
    return switch (operator) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      default ->
          Numbers.small(onIntegers(operator, BigInteger.valueOf(left), BigInteger.valueOf(right)));
    };
  }

  private static BigInteger onIntegers(String operator, BigInteger left, BigInteger right) {
    return switch (operator) {
      case "+" -> left.add(right);
      case "-" -> left.subtract(right);
      case "*" -> left.multiply(right);
      case "//" -> left.subtract(floorModulus(left, right, "division")).divide(right);
      case "%" -> floorModulus(left, right, "modulo");
      default -> power(left, right);
    };
  }

  private static BigInteger floorModulus(BigInteger left, BigInteger right, String what) {
    if (right.signum() == 0) {
      throw new Failure(
          "integer " + (what.equals("division") ? "division or " : "") + "modulo by zero");
    }
    BigInteger remainder = left.remainder(right);
    return remainder.signum() != 0 && remainder.signum() != right.signum()
        ? remainder.add(right)
        : remainder;
  }

  private static BigInteger power(BigInteger base, BigInteger exponent) {
    if (base.bitLength() <= 1 && base.abs().compareTo(BigInteger.ONE) <= 0) {
      boolean even = !exponent.testBit(0);
      return exponent.signum() == 0 || (base.signum() < 0 && even) ? BigInteger.ONE : base;
    }
    long bits = exponent.bitLength() > 31 ? Long.MAX_VALUE : exponent.longValue();
    Numbers.checkBits(bits == Long.MAX_VALUE ? bits : bits * (base.abs().bitLength() - 1));
    return base.pow((int) bits);
  }

  private static Object quotient(BigInteger left, BigInteger right) {
    if (right.signum() == 0) {
      throw new Failure("division by zero");
    }
    if (left.bitLength() <= 53 && right.bitLength() <= 53) {
      return left.doubleValue() / right.doubleValue();
    }
    MathContext precision = new MathContext(40);
    double quotient = new BigDecimal(left).divide(new BigDecimal(right), precision).doubleValue();
    if (Double.isInfinite(quotient)) {
      throw new Failure("integer division result too large for a float");
    }
    return quotient;
  }

  private static Object onReals(String operator, double left, double right) {
    boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
    if (divides && right == 0) {
      throw new Failure(
          operator.equals("/")
              ? "float division by zero"
              : operator.equals("%") ? "float modulo" : "float floor division by zero");
    }
    return switch (operator) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      case "//" -> Math.floor((left - floorModulus(left, right)) / right + 0.5);
      case "%" -> floorModulus(left, right);
      default -> power(left, right);
    };
  }

  private static double floorModulus(double left, double right) {
    double remainder = left % right;
    if (remainder == 0) {
      return Math.copySign(0.0, right);
    }
    return (remainder < 0) == (right < 0) ? remainder : remainder + right;
  }

  private static Object power(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw new Failure("0.0 cannot be raised to a negative power");
    }
    double power = Math.pow(base, exponent);
    if (Double.isInfinite(power) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
      throw new Failure("(34, 'Numerical result out of range')");
    }
    if (Double.isNaN(power) && !Double.isNaN(base) && !Double.isNaN(exponent)) {
      throw new Failure("complex numbers are not supported");
    }
    return power;
  }

  /** Applies {@code -} or {@code +} to one operand. */
  static Object sign(String operator, Object operand) {
    if (operand instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (operand instanceof Double real) {
      return operator.equals("-") ? -real : real;
    }
    if (Numbers.isInteger(operand)) {
      BigInteger integer = Numbers.big(operand);
      return Numbers.small(operator.equals("-") ? integer.negate() : integer);
    }
    throw new Failure(
        "bad operand type for unary %s: '%s'".formatted(operator, Types.name(operand)));
  }
}
