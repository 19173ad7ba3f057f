package dev.remora.jinja.value;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a template, with the protocols that Python knows for it: truth, equality, order,
 * elements, items, calls, and its printed forms. What a type does not support fails with Python's
 * message.
 *
 * <p>{@link #equals} and {@link #hashCode} are those of a dict's keys: values that Python holds
 * equal are one key.
 */
public abstract sealed class Value
    permits StringValue,
        NumberValue,
        NoneValue,
        UndefinedValue,
        SequenceValue,
        DictValue,
        DictView,
        GeneratorValue,
        NamespaceValue,
        CallableValue {

  /** The types that a template can tell apart. */
  public enum Kind {
    STRING,
    INTEGER,
    FLOAT,
    BOOLEAN,
    NONE,
    UNDEFINED,
    LIST,
    TUPLE,
    RANGE,
    DICT,
    VIEW,
    GENERATOR,
    NAMESPACE,
    CALLABLE
  }

  /** Which type it is. */
  public abstract Kind kind();

  /** Python's name of the type, as error messages spell it. */
  public abstract String typeName();

  /** What a missing attribute is said to be missing from. */
  String ownerName() {
    return typeName() + " object";
  }

  /** Whether it is of this type. */
  public final boolean is(Kind kind) {
    return kind() == kind;
  }

  /** Whether there is no value. */
  public boolean isUndefined() {
    return false;
  }

  /** Fails if there is no value. */
  public void requireDefined() {}

  /** Python's {@code bool(value)}. */
  public boolean isTrue() {
    return true;
  }

  // Text

  /**
   * What the text of a string or number is made of, or what wins of it; null for the template's
   * own, and for every other value.
   */
  public @Nullable Origin origin() {
    return null;
  }

  /** Whether it is a string. */
  public boolean isString() {
    return false;
  }

  /** The value, which must be a string. */
  public StringValue asString() {
    throw new EvaluationFailure("expected str, got " + typeName());
  }

  /** Python's {@code str(value)}. */
  public StringValue str(Budget budget) {
    return repr(budget);
  }

  /** Python's {@code repr(value)}. */
  public final StringValue repr(Budget budget) {
    ReprWriter writer = new ReprWriter(budget);
    writer.write(this);
    return writer.result();
  }

  /** Writes what {@code repr} gives. */
  abstract void writeRepr(ReprWriter writer);

  /** Writes what {@code json.dumps} gives. */
  void writeJson(JsonWriter writer) {
    throw new EvaluationFailure("Object of type " + typeName() + " is not JSON serializable");
  }

  /** The value as the key of a JSON object. */
  StringValue jsonKey() {
    throw new EvaluationFailure("keys must be str, int, float, bool or None, not " + typeName());
  }

  // Numbers

  /** Whether it is an int, float or bool. */
  public boolean isNumber() {
    return false;
  }

  /** Whether it is an int or a bool. */
  public boolean isInteger() {
    return false;
  }

  /** The value as a number. */
  public NumberValue asNumber() {
    throw new EvaluationFailure("must be real number, not " + typeName());
  }

  /** The value, which must be an int; one outside the range of a long is cut to its ends. */
  public long index() {
    throw new EvaluationFailure("'" + typeName() + "' object cannot be interpreted as an integer");
  }

  // Elements

  /** Whether a loop can go over it. */
  public boolean isIterable() {
    return false;
  }

  /** Whether it has elements in order that an index can name; a dict counts too, as in Jinja. */
  public boolean isSequence() {
    return false;
  }

  /** The elements; the value's own list where it has one, which must not be changed. */
  List<Value> elements(Budget budget) {
    throw new EvaluationFailure("'" + typeName() + "' object is not iterable");
  }

  /** All elements, counted; the list must not be changed. */
  public final List<Value> list(Budget budget) {
    List<Value> elements = elements(budget);
    budget.listing(elements.size()); // whoever asks for all goes through all
    return elements;
  }

  /** The elements, one after the other. */
  public Iterator<Value> iterator(Budget budget) {
    return elements(budget).iterator();
  }

  /** Python's {@code len(value)}. */
  public long length() {
    throw new EvaluationFailure("object of type '" + typeName() + "' has no len()");
  }

  /** Python's {@code item in value}. */
  public boolean contains(Budget budget, Value item) {
    if (!isIterable()) {
      throw new EvaluationFailure("argument of type '" + typeName() + "' is not iterable");
    }
    for (Iterator<Value> items = iterator(budget); items.hasNext(); ) {
      if (items.next().isEqual(budget, item)) {
        return true;
      }
    }
    return false;
  }

  /** What {@code value[key]} is; null if there is no such element. */
  public @Nullable Value item(Value key) {
    return null;
  }

  /** Python's {@code value[start:stop:step]}; each bound may be None. */
  public Value slice(Budget budget, Value start, Value stop, Value step) {
    throw new EvaluationFailure("'" + typeName() + "' object is not subscriptable");
  }

  /** An attribute of the value itself, apart from the methods of its type; null for none. */
  public @Nullable Value attribute(String name) {
    return null;
  }

  // Operators

  /** Python's {@code left == right}. */
  public final boolean isEqual(Budget budget, Value other) {
    budget.step();
    return this == other || isEqualTo(budget, other);
  }

  /** Whether another value is equal. */
  boolean isEqualTo(Budget budget, Value other) {
    return false;
  }

  /**
   * Python's order: below 0, 0, or above 0.
   *
   * @param operator the operator that asks, for the error message
   */
  public final int order(Budget budget, String operator, Value other) {
    budget.step();
    requireDefined();
    other.requireDefined();
    return orderTo(budget, operator, other);
  }

  /** The order of two defined values. */
  int orderTo(Budget budget, String operator, Value other) {
    throw new EvaluationFailure(
        "'"
            + operator
            + "' not supported between instances of '"
            + typeName()
            + "' and '"
            + other.typeName()
            + "'");
  }

  /**
   * Python's {@code value + other} for what is not a number; null if the type has no such operator.
   */
  public @Nullable Value plus(Budget budget, Value other) {
    return null;
  }

  /** Python's {@code value * count} for what is not a number. */
  public Value times(Budget budget, long count) {
    throw new EvaluationFailure("can't multiply sequence by non-int of type '" + typeName() + "'");
  }

  /** What {@link #plus} fails with where the other value is of another type. */
  final EvaluationFailure cannotConcatenate(Value other) {
    return new EvaluationFailure(
        "can only concatenate "
            + typeName()
            + " (not \""
            + other.typeName()
            + "\") to "
            + typeName());
  }

  /** Whether it can be called. */
  public boolean isCallable() {
    return false;
  }

  /** Calls it. */
  public Value call(Budget budget, Arguments arguments) {
    throw new EvaluationFailure("'" + typeName() + "' object is not callable");
  }

  /** The value as a key of a dict; fails for one that Python cannot hash. */
  Value hashable() {
    return this;
  }

  /** Counts what finding it as a key costs, which is to hash it and to compare it once. */
  public void touchAsKey(Budget budget) {}

  /** What {@link #hashable} fails with. */
  final EvaluationFailure unhashable() {
    return new EvaluationFailure("unhashable type: '" + typeName() + "'");
  }
}
