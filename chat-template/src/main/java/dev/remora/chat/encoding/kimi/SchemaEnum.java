package dev.remora.chat.encoding.kimi;

import dev.remora.chat.encoding.RequestValue;
import dev.remora.chat.encoding.kimi.SchemaType.Unsupported;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The values that a schema allows, which must be of the type that it names. */
final class SchemaEnum {
  private SchemaEnum() {}

  /** The values, as Python spells them. */
  static String of(RequestValue schema) throws Unsupported {
    String type = schema.has("type") ? type(schema.at("type")) : "";
    List<String> values = new ArrayList<>();
    for (RequestValue value : SchemaReader.list(schema.at("enum"))) {
      if (!value.isAbsent() && !fits(value, type)) {
        throw new Unsupported();
      }
      values.add(value.isText() ? '"' + value.text() + '"' : value.spelled());
    }
    return String.join(" | ", values);
  }

  /** The one type beside null. */
  private static String type(RequestValue type) throws Unsupported {
    if (!type.isList()) {
      return SchemaReader.text(type);
    }
    List<RequestValue> types = type.items();
    if (types.size() == 1) {
      return SchemaReader.text(types.get(0));
    }
    if (types.size() != 2) {
      throw new Unsupported();
    }
    String first = SchemaReader.text(types.get(0));
    String second = SchemaReader.text(types.get(1));
    if (!first.equals("null") && !second.equals("null")) {
      throw new Unsupported();
    }
    return first.equals("null") ? second : first;
  }

  /** A boolean is an int to Python. */
  private static boolean fits(RequestValue value, String type) {
    Object given = value.value();
    boolean flag = given instanceof Boolean;
    return switch (type) {
      case "string" -> value.isText();
      case "number" -> flag || given instanceof Number;
      case "integer" ->
          flag
              || given instanceof Integer
              || given instanceof Long
              || given instanceof Short
              || given instanceof Byte
              || given instanceof BigInteger;
      case "boolean" -> flag;
      default -> true;
    };
  }
}
