package dev.remora.jinja.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that is not there: it prints nothing and is false; most other uses of it fail. */
public final class UndefinedValue extends Value {
  private final @Nullable String hint;
  private final @Nullable Value owner;
  private final String name; // of what is not there; also in the hint, where there is one

  private UndefinedValue(@Nullable String hint, @Nullable Value owner, String name) {
    this.hint = hint;
    this.owner = owner;
    this.name = name;
  }

  /** A name without a value. */
  public static UndefinedValue name(String name) {
    return new UndefinedValue(null, null, name);
  }

  /** An attribute or key that a value does not have. */
  public static UndefinedValue attribute(Value owner, String name) {
    return new UndefinedValue(null, owner, name);
  }

  /** An element that a value does not have; {@code key} as {@code repr} writes it. */
  public static UndefinedValue element(Value owner, String key) {
    return new UndefinedValue(owner.ownerName() + " has no element " + key, null, key);
  }

  /** An attribute that the sandbox keeps from templates. */
  public static UndefinedValue unsafe(Value owner, String name) {
    return new UndefinedValue(
        "access to attribute '" + name + "' of '" + owner.typeName() + "' object is unsafe.",
        null,
        name);
  }

  /** A value that is not there for a reason of its own. */
  public static UndefinedValue because(String hint) {
    return new UndefinedValue(hint, null, "");
  }

  /** What is wrong, for the use that fails. */
  public EvaluationFailure failure() {
    if (hint != null) {
      return EvaluationFailure.quoting(name, hint);
    }
    return EvaluationFailure.quoting(
        name,
        owner == null
            ? "'" + name + "' is undefined"
            : "'" + owner.ownerName() + "' has no attribute '" + name + "'");
  }

  @Override
  public Kind kind() {
    return Kind.UNDEFINED;
  }

  @Override
  public String typeName() {
    return "Undefined";
  }

  @Override
  public boolean isUndefined() {
    return true;
  }

  @Override
  public void requireDefined() {
    throw failure();
  }

  @Override
  public boolean isTrue() {
    return false;
  }

  @Override
  public StringValue asString() {
    throw failure();
  }

  @Override
  public StringValue str(Budget budget) {
    return StringValue.EMPTY;
  }

  @Override
  void writeRepr(ReprWriter writer) {
    writer.append("Undefined");
  }

  @Override
  public NumberValue asNumber() {
    throw failure();
  }

  @Override
  public long index() {
    throw failure();
  }

  @Override
  public boolean isIterable() {
    return true;
  }

  @Override
  public boolean isSequence() {
    return true;
  }

  @Override
  List<Value> elements(Budget budget) {
    return List.of();
  }

  @Override
  public long length() {
    return 0;
  }

  @Override
  public Value item(Value key) {
    throw failure();
  }

  @Override
  public Value slice(Budget budget, Value start, Value stop, Value step) {
    throw failure();
  }

  @Override
  public Value attribute(String attribute) {
    throw failure();
  }

  @Override
  boolean isEqualTo(Budget budget, Value other) {
    return equals(other);
  }

  @Override
  public boolean isCallable() {
    return true;
  }

  @Override
  public Value call(Budget budget, Arguments arguments) {
    throw failure();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UndefinedValue; // as in Jinja
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "Undefined";
  }
}
