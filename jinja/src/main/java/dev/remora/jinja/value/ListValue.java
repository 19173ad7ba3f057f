package dev.remora.jinja.value;

import java.util.List;

/** Python's list. */
public final class ListValue extends SequenceValue {
  private final List<Value> items;

  private ListValue(List<Value> items) {
    this.items = items;
  }

  /** A list of these elements, which are not copied and must not change any more. */
  @Override
  ListValue of(List<Value> elements) {
    return new ListValue(elements);
  }

  /** A list of these elements, which are not copied and must not change any more. */
  public static ListValue holding(List<Value> elements) {
    return new ListValue(elements);
  }

  @Override
  public List<Value> items() {
    return items;
  }

  @Override
  public Kind kind() {
    return Kind.LIST;
  }

  @Override
  public String typeName() {
    return "list";
  }

  @Override
  void writeRepr(ReprWriter writer) {
    writer.append("[").all(items).append("]");
  }

  @Override
  void writeJson(JsonWriter writer) {
    writer.array(items);
  }

  @Override
  Value hashable() {
    throw unhashable();
  }
}
