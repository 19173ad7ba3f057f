package dev.remora.jinja.value;

import dev.remora.jinja.text.PythonNumbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Python's float. */
public final class FloatValue extends NumberValue {
  private final double number;
  private final @Nullable Origin origin;

  private FloatValue(double number, @Nullable Origin origin) {
    this.number = number;
    this.origin = origin;
  }

  /** A float. */
  public static FloatValue of(double number) {
    return new FloatValue(number, null);
  }

  @Override
  public FloatValue from(@Nullable Origin source) {
    return source == origin ? this : new FloatValue(number, source);
  }

  @Override
  public @Nullable Origin origin() {
    return origin;
  }

  @Override
  public Kind kind() {
    return Kind.FLOAT;
  }

  @Override
  public String typeName() {
    return "float";
  }

  @Override
  public boolean isTrue() {
    return number != 0;
  }

  @Override
  public boolean isFinite() {
    return !Double.isNaN(number) && !Double.isInfinite(number);
  }

  @Override
  public boolean isNan() {
    return Double.isNaN(number);
  }

  @Override
  public BigInteger big() {
    throw new EvaluationFailure("'float' object cannot be interpreted as an integer");
  }

  @Override
  double nearest() {
    return number;
  }

  @Override
  public long words() {
    return Math.abs(number) < 0x1p63 ? 0 : 32; // it may be compared as an int
  }

  @Override
  public double real() {
    return number;
  }

  @Override
  long spellingWords() {
    return 270; // the fewest digits are found by trying
  }

  @Override
  int compareTo(NumberValue other) {
    if (other instanceof FloatValue real && isFinite() && real.isFinite()) {
      return number == real.number ? 0 : Double.compare(number, real.number); // 0.0 is -0.0
    }
    return super.compareTo(other);
  }

  @Override
  BigDecimal exact() {
    return new BigDecimal(number);
  }

  @Override
  String spelling() {
    return PythonNumbers.repr(number);
  }

  @Override
  void writeJson(JsonWriter writer) {
    writer.scalar(jsonKey().text(), origin);
  }

  @Override
  StringValue jsonKey() {
    if (isFinite()) {
      return StringValue.from(origin, spelling());
    }
    return StringValue.from(origin, isNan() ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
  }

  @Override
  public int hashCode() {
    if (!isFinite() || number != Math.rint(number)) {
      return Double.hashCode(number);
    }
    return Math.abs(number) < 0x1p63
        ? Long.hashCode((long) number)
        : exact().toBigInteger().hashCode(); // as the int that is equal
  }
}
