package dev.remora.jinja.value;

/** Python's None. */
public final class NoneValue extends Value {
  public static final NoneValue NONE = new NoneValue();

  private NoneValue() {}

  @Override
  public Kind kind() {
    return Kind.NONE;
  }

  @Override
  public String typeName() {
    return "NoneType";
  }

  @Override
  String ownerName() {
    return "None";
  }

  @Override
  public boolean isTrue() {
    return false;
  }

  @Override
  void writeRepr(ReprWriter writer) {
    writer.append("None");
  }

  @Override
  void writeJson(JsonWriter writer) {
    writer.scalar("null", Origin.UNKNOWN);
  }

  @Override
  StringValue jsonKey() {
    return StringValue.from(Origin.UNKNOWN, "null");
  }

  @Override
  public String toString() {
    return "None";
  }
}
