package dev.remora.jinja.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Python's True and False, which are the ints 1 and 0. */
public final class BooleanValue extends NumberValue {
  public static final BooleanValue TRUE = new BooleanValue(true);
  public static final BooleanValue FALSE = new BooleanValue(false);

  private final boolean flag;

  private BooleanValue(boolean flag) {
    this.flag = flag;
  }

  /** One of the two. */
  public static BooleanValue of(boolean flag) {
    return flag ? TRUE : FALSE;
  }

  @Override
  public Kind kind() {
    return Kind.BOOLEAN;
  }

  @Override
  public String typeName() {
    return "bool";
  }

  @Override
  public boolean isTrue() {
    return flag;
  }

  @Override
  public boolean isInteger() {
    return true;
  }

  @Override
  public long index() {
    return flag ? 1 : 0;
  }

  @Override
  public BigInteger big() {
    return flag ? BigInteger.ONE : BigInteger.ZERO;
  }

  @Override
  public double real() {
    return index();
  }

  @Override
  double nearest() {
    return index();
  }

  @Override
  BigDecimal exact() {
    return flag ? BigDecimal.ONE : BigDecimal.ZERO;
  }

  /** The same: there are only two, and which one it is decides what is written, not how. */
  @Override
  public BooleanValue from(@Nullable Origin source) {
    return this;
  }

  /** A word, not a number: written by the interpreter, and never the template's own. */
  @Override
  public Origin origin() {
    return Origin.UNKNOWN;
  }

  @Override
  String spelling() {
    return flag ? "True" : "False";
  }

  @Override
  void writeJson(JsonWriter writer) {
    writer.scalar(jsonKey().text(), Origin.UNKNOWN);
  }

  @Override
  StringValue jsonKey() {
    return StringValue.from(Origin.UNKNOWN, flag ? "true" : "false");
  }

  @Override
  public int hashCode() {
    return Long.hashCode(index());
  }
}
