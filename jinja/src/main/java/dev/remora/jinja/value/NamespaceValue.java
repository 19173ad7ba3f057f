package dev.remora.jinja.value;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code namespace()} gives: the one value that a template can change. */
public final class NamespaceValue extends Value {
  private final Map<String, Value> attributes = new LinkedHashMap<>();

  /** Sets an attribute. */
  public void set(String name, Value value) {
    attributes.put(name, value);
  }

  @Override
  public Kind kind() {
    return Kind.NAMESPACE;
  }

  @Override
  public String typeName() {
    return "Namespace";
  }

  @Override
  void writeRepr(ReprWriter writer) {
    writer.append("<Namespace ");
    List<StringValue> names =
        attributes.keySet().stream().map(name -> StringValue.from(Origin.UNKNOWN, name)).toList();
    writer.entries(names, attributes.values());
    writer.append(">");
  }

  @Override
  public @Nullable Value attribute(String name) {
    return attributes.get(name);
  }

  @Override
  public String toString() {
    return "Namespace" + attributes.keySet(); // not the values: one may be the namespace itself
  }
}
