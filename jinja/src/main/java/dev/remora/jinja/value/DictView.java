package dev.remora.jinja.value;

import java.util.List;

/** What {@code keys()}, {@code values()} and {@code items()} of a dict give. */
public final class DictView extends Value {
  private final String type;
  private final List<Value> items;

  /**
   * @param type Python's name of the type, such as {@code dict_keys}
   * @param items what it holds
   */
  public DictView(String type, List<Value> items) {
    this.type = type;
    this.items = items;
  }

  @Override
  public Kind kind() {
    return Kind.VIEW;
  }

  @Override
  public String typeName() {
    return type;
  }

  @Override
  public boolean isTrue() {
    return !items.isEmpty();
  }

  @Override
  void writeRepr(ReprWriter writer) {
    writer.append(type).append("([").all(items).append("])");
  }

  @Override
  public boolean isIterable() {
    return true;
  }

  @Override
  List<Value> elements(Budget budget) {
    return items;
  }

  @Override
  public long length() {
    return items.size();
  }

  @Override
  public String toString() {
    return type + items;
  }
}
