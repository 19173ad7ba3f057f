package dev.remora.jinja.value;

import dev.remora.jinja.text.PythonNumbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Python's int: a long, or a larger one of at most 65,536 bits. */
public final class IntegerValue extends NumberValue implements Comparable<IntegerValue> {
  /** Bits of the largest int; Python knows no bound. */
  public static final int MAX_BITS = 1 << 16;

  private static final int CACHED = 1024;
  private static final IntegerValue[] CACHE = new IntegerValue[CACHED];

  static {
    for (int number = 0; number < CACHED; number++) {
      CACHE[number] = new IntegerValue(number, null, null);
    }
  }

  private final long small;
  private final @Nullable BigInteger large; // where a long does not hold it

  private final @Nullable Origin origin;

  private IntegerValue(long small, @Nullable BigInteger large, @Nullable Origin origin) {
    this.small = small;
    this.large = large;
    this.origin = origin;
  }

  /** An int. */
  public static IntegerValue of(long number) {
    return number >= 0 && number < CACHED
        ? CACHE[(int) number]
        : new IntegerValue(number, null, null);
  }

  /** An int of any size that is allowed. */
  public static IntegerValue of(BigInteger number) {
    checkBits(number.bitLength());
    return number.bitLength() < Long.SIZE
        ? of(number.longValue())
        : new IntegerValue(0, number, null);
  }

  @Override
  public IntegerValue from(@Nullable Origin source) {
    return source == origin ? this : new IntegerValue(small, large, source);
  }

  @Override
  public @Nullable Origin origin() {
    return origin;
  }

  /** The int that a float is cut to; fails for one that is not finite. */
  public static IntegerValue truncated(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new EvaluationFailure(
          "cannot convert float " + PythonNumbers.repr(number) + " to integer");
    }
    return of(new BigDecimal(number).toBigInteger());
  }

  /** Refuses an int of so many bits before it is computed. */
  public static void checkBits(long bits) {
    if (bits > MAX_BITS) {
      throw new LimitFailure(LimitFailure.Limit.CHARACTERS, "bits of an integer", MAX_BITS, bits);
    }
  }

  /** An int in decimal; fails for one that is longer than Python writes. */
  public static String decimal(BigInteger integer) {
    if (integer.bitLength() > PythonNumbers.MAX_DIGITS * 3.33) {
      throw new EvaluationFailure(
          "Exceeds the limit (4300 digits) for integer string conversion; use"
              + " sys.set_int_max_str_digits() to increase the limit");
    }
    return integer.toString();
  }

  /** Whether an int of 32 bits holds it. */
  public boolean isSmall() {
    return large == null && small == (int) small;
  }

  @Override
  public Kind kind() {
    return Kind.INTEGER;
  }

  @Override
  public String typeName() {
    return "int";
  }

  @Override
  public boolean isTrue() {
    return small != 0 || large != null;
  }

  @Override
  public boolean isInteger() {
    return true;
  }

  @Override
  public long index() {
    return large == null ? small : large.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  @Override
  public BigInteger big() {
    return large == null ? BigInteger.valueOf(small) : large;
  }

  @Override
  double nearest() {
    return large == null ? small : large.doubleValue();
  }

  @Override
  public double real() {
    double real = nearest();
    if (Double.isInfinite(real)) {
      throw new EvaluationFailure("int too large to convert to float");
    }
    return real;
  }

  @Override
  BigDecimal exact() {
    return large == null ? BigDecimal.valueOf(small) : new BigDecimal(large);
  }

  @Override
  String spelling() {
    return large == null ? Long.toString(small) : decimal(large);
  }

  @Override
  public long words() {
    return large == null ? 0 : large.bitLength() / Integer.SIZE + 1;
  }

  /** An order for keys of one hash, of which a template may make any number. */
  @Override
  public int compareTo(IntegerValue other) {
    return compareTo((NumberValue) other);
  }

  @Override
  int compareTo(NumberValue other) {
    return large == null && other instanceof IntegerValue integer && integer.large == null
        ? Long.compare(small, integer.small)
        : super.compareTo(other);
  }

  @Override
  public int hashCode() {
    return large == null ? Long.hashCode(small) : large.hashCode();
  }
}
