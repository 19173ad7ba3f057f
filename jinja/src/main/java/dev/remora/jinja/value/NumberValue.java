package dev.remora.jinja.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Python's int, float or bool. Two of them are equal if their values are, whatever their types. */
public abstract sealed class NumberValue extends Value
    permits IntegerValue, FloatValue, BooleanValue {

  /** The same number, made of something; null for the template's own. */
  public abstract NumberValue from(@Nullable Origin source);

  /** The value of an int or bool. */
  public abstract BigInteger big();

  /** The value as a float. */
  public abstract double real();

  /** The float that is nearest to the value: infinite beyond the range of floats. */
  abstract double nearest();

  /** The value exactly; it must be finite. */
  abstract BigDecimal exact();

  /** Whether it is neither infinite nor nan. */
  public boolean isFinite() {
    return true;
  }

  /** Whether it is nan, which has no order. */
  public boolean isNan() {
    return false;
  }

  /** The number in decimal, as {@code repr} and JSON write a number. */
  abstract String spelling();

  @Override
  public final boolean isNumber() {
    return true;
  }

  @Override
  public final NumberValue asNumber() {
    return this;
  }

  @Override
  public void touchAsKey(Budget budget) {
    budget.computing(spellingWords());
  }

  /** The words of an int that a long does not hold; 0 for any other number. */
  public long words() {
    return 0;
  }

  /** What spelling costs, as words of an int. */
  long spellingWords() {
    return words();
  }

  @Override
  void writeRepr(ReprWriter writer) {
    writer.computing(spellingWords());
    writer.append(spelling(), origin());
  }

  @Override
  void writeJson(JsonWriter writer) {
    writer.scalar(spelling(), origin());
  }

  @Override
  StringValue jsonKey() {
    return StringValue.from(origin(), spelling());
  }

  @Override
  final boolean isEqualTo(Budget budget, Value other) {
    return other instanceof NumberValue number && counted(budget, number).equals(number);
  }

  @Override
  final int orderTo(Budget budget, String operator, Value other) {
    return other instanceof NumberValue number
        ? counted(budget, number).compareTo(number)
        : super.orderTo(budget, operator, other);
  }

  /** This number, what comparing it with another costs counted. */
  private NumberValue counted(Budget budget, NumberValue other) {
    budget.computing(Math.max(words(), other.words()));
    return this;
  }

  /** The order of two numbers of which neither is nan. */
  int compareTo(NumberValue other) {
    if (isFinite() && other.isFinite()) {
      double left = nearest();
      double right = other.nearest();
      return left < right ? -1 : left > right ? 1 : exact().compareTo(other.exact());
    }
    return Double.compare(isFinite() ? 0 : real(), other.isFinite() ? 0 : other.real());
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof NumberValue number
        && !isNan()
        && !number.isNan()
        && compareTo(number) == 0;
  }

  @Override
  public abstract int hashCode();

  @Override
  public final String toString() {
    return spelling();
  }
}
