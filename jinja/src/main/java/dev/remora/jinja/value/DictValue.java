package dev.remora.jinja.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's dict, in which the keys 1, 1.0 and True are one. Not changed once it is filled. */
public final class DictValue extends Value {
  private final Map<Value, Value> entries;

  public DictValue() {
    this.entries = new LinkedHashMap<>();
  }

  /** An empty dict with room for some entries. */
  public DictValue(int size) {
    this.entries = new LinkedHashMap<>(size * 4 / 3 + 1);
  }

  /** Sets the value of a key; a key that is there keeps its spelling. */
  public DictValue put(Value key, Value value) {
    entries.put(key.hashable(), value);
    return this;
  }

  /** Sets the values of all keys of another dict. */
  public DictValue putAll(DictValue other) {
    entries.putAll(other.entries);
    return this;
  }

  /** The value of a key; null if there is none. */
  public @Nullable Value get(Value key) {
    return entries.get(key.hashable());
  }

  /** The value of a key that is there. */
  public Value require(Value key) {
    Value value = get(key);
    if (value == null) {
      throw new EvaluationFailure("no such key");
    }
    return value;
  }

  /** The value of a key, the look-up counted; null if there is none. */
  public @Nullable Value get(Budget budget, Value key) {
    key.touchAsKey(budget);
    return get(key);
  }

  /** Sets the value of a key, the look-up and the entry counted. */
  public void put(Budget budget, Value key, Value value) {
    key.touchAsKey(budget);
    budget.listing(3);
    put(key, value);
  }

  /** The keys, in order. */
  public List<Value> keys() {
    return new ArrayList<>(entries.keySet());
  }

  /** The values, in the order of the keys. */
  public List<Value> values() {
    return new ArrayList<>(entries.values());
  }

  /** Pairs of a key and its value. */
  public List<Value> items() {
    List<Value> items = new ArrayList<>(entries.size());
    entries.forEach((key, value) -> items.add(TupleValue.containing(key, value)));
    return items;
  }

  @Override
  public Kind kind() {
    return Kind.DICT;
  }

  @Override
  public String typeName() {
    return "dict";
  }

  @Override
  public boolean isTrue() {
    return !entries.isEmpty();
  }

  @Override
  void writeRepr(ReprWriter writer) {
    writer.entries(entries.keySet(), entries.values());
  }

  @Override
  void writeJson(JsonWriter writer) {
    writer.object(this);
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
    budget.listing(entries.size());
    return keys();
  }

  @Override
  public long length() {
    return entries.size();
  }

  @Override
  public boolean contains(Budget budget, Value key) {
    key.touchAsKey(budget);
    return entries.containsKey(key.hashable());
  }

  /** The value of a key; null also for a key that cannot be one. */
  @Override
  public @Nullable Value item(Value key) {
    return key.is(Kind.LIST) || key.is(Kind.DICT) ? null : get(key);
  }

  @Override
  boolean isEqualTo(Budget budget, Value other) {
    if (!(other instanceof DictValue dict) || dict.entries.size() != entries.size()) {
      return false;
    }
    budget.enter(1);
    boolean equal = true;
    for (Map.Entry<Value, Value> entry : entries.entrySet()) {
      entry.getKey().touchAsKey(budget);
      Value theirs = dict.entries.get(entry.getKey());
      if (theirs == null || !entry.getValue().isEqual(budget, theirs)) {
        equal = false;
        break;
      }
    }
    budget.leave(1);
    return equal;
  }

  @Override
  Value hashable() {
    throw unhashable();
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
