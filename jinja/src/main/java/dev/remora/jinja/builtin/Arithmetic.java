package dev.remora.jinja.builtin;

import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.IntegerValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Python's division and powers, where they differ from Java's. */
final class Arithmetic {
  private Arithmetic() {}

  static void checkDivisor(BigInteger divisor, String problem) {
    if (divisor.signum() == 0) {
      throw new EvaluationFailure(problem);
    }
  }

  static void checkDivisor(double divisor, String problem) {
    if (divisor == 0) {
      throw new EvaluationFailure(problem);
    }
  }

  /** The remainder that has the sign of the divisor. */
  static BigInteger modulus(BigInteger left, BigInteger right) {
    BigInteger remainder = left.remainder(right);
    return remainder.signum() != 0 && remainder.signum() != right.signum()
        ? remainder.add(right)
        : remainder;
  }

  /** The remainder that has the sign of the divisor. */
  static double modulus(double left, double right) {
    double remainder = left % right;
    if (remainder == 0) {
      return Math.copySign(0.0, right);
    }
    return (remainder < 0) == (right < 0) ? remainder : remainder + right;
  }

  /** A quotient as a float, rounded once. */
  static double quotient(BigInteger left, BigInteger right) {
    checkDivisor(right, "division by zero");
    if (left.bitLength() <= 53 && right.bitLength() <= 53) {
      return left.doubleValue() / right.doubleValue();
    }
    MathContext precision = new MathContext(40);
    double quotient = new BigDecimal(left).divide(new BigDecimal(right), precision).doubleValue();
    if (Double.isInfinite(quotient)) {
      throw new EvaluationFailure("integer division result too large for a float");
    }
    return quotient;
  }

  /** A power of which the size is checked before it is computed; the exponent is not negative. */
  static BigInteger power(BigInteger base, BigInteger exponent) {
    if (base.bitLength() <= 1 && base.abs().compareTo(BigInteger.ONE) <= 0) {
      boolean even = !exponent.testBit(0);
      return exponent.signum() == 0 || (base.signum() < 0 && even) ? BigInteger.ONE : base;
    }
    long bits = exponent.bitLength() > 31 ? Long.MAX_VALUE : exponent.longValue();
    IntegerValue.checkBits(bits == Long.MAX_VALUE ? bits : bits * (base.abs().bitLength() - 1));
    return base.pow((int) bits);
  }

  /** The words of a power, at most those of the largest int. */
  static long powerWords(BigInteger base, BigInteger exponent) {
    long factor = exponent.bitLength() > 16 ? 1 << 16 : Math.abs(exponent.longValue());
    return Math.min(IntegerValue.MAX_BITS, base.bitLength() * factor) / Integer.SIZE;
  }

  static double power(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw new EvaluationFailure("0.0 cannot be raised to a negative power");
    }
    double power = Math.pow(base, exponent);
    if (Double.isInfinite(power) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
      throw new EvaluationFailure("(34, 'Numerical result out of range')");
    }
    if (Double.isNaN(power) && !Double.isNaN(base) && !Double.isNaN(exponent)) {
      throw new EvaluationFailure("complex numbers are not supported");
    }
    return power;
  }
}
