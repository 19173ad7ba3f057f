package dev.remora.chat.encoding.harmony;

import dev.remora.chat.encoding.BoundedText;
import dev.remora.chat.encoding.RequestValue;
import dev.remora.jinja.PythonValues.JsonStyle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A function as harmony declares it, in its own TypeScript. What a schema says beyond it is passed
 * over, as openai/harmony does. Of one call.
 */
final class FunctionDeclaration {
  private final BoundedText out;

  private FunctionDeclaration(BoundedText out) {
    this.out = out;
  }

  /** The declaration, with an empty line behind it. */
  static String of(RequestValue function) {
    FunctionDeclaration declaration = new FunctionDeclaration(function.newText());
    declaration.write(function);
    return declaration.out.toString();
  }

  private void write(RequestValue function) {
    for (String line : lines(function.at("description").textOrEmpty())) {
      out.append("// ").append(line).append("\n");
    }
    out.append("type ").append(function.at("name").text()).append(" = (");
    RequestValue parameters = function.at("parameters");
    if (!parameters.isAbsent()) {
      out.append("_: ");
      writeType(parameters, "");
    }
    out.append(") => any;\n\n");
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    lines.replaceAll(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    return lines;
  }

  // Types

  private void writeType(RequestValue schema, String indent) {
    if (!schema.isObject()) {
      out.append("any");
      return;
    }
    RequestValue type = schema.at("type");
    if (schema.at("oneOf").isList()) {
      writeVariants(schema.at("oneOf"), indent);
    } else if (type.isList() && type.items().stream().anyMatch(RequestValue::isText)) {
      writeUnion(type);
    } else if (type.isText()) {
      writeNamed(type.text(), schema, indent);
    } else {
      out.append("any");
    }
  }

  private void writeVariants(RequestValue variants, String indent) {
    for (RequestValue variant : variants.items()) {
      out.append("\n").append(indent).append(" | ");
      writeNullable(variant, indent + "   ");
      List<String> remarks = new ArrayList<>();
      if (variant.isObject()) {
        remarks.addAll(text(variant.at("description")));
        RequestValue byDefault = variant.at("default");
        if (variant.has("default")) {
          boolean plain = byDefault.isText() && !isEnumeration(variant);
          remarks.add("default: " + (plain ? quoted(byDefault) : json(byDefault)));
        }
      }
      writeRemarks(remarks);
    }
  }

  private void writeRemarks(List<String> remarks) {
    if (!remarks.isEmpty()) {
      out.append(" // ").append(String.join(" ", remarks));
    }
  }

  private void writeUnion(RequestValue types) {
    String separator = "";
    for (RequestValue type : types.items()) {
      if (type.isText()) {
        out.append(separator).append(type.text().equals("integer") ? "number" : type.text());
        separator = " | ";
      }
    }
  }

  private void writeNamed(String type, RequestValue schema, String indent) {
    switch (type) {
      case "object" -> writeObject(schema, indent);
      case "string" -> writeString(schema.at("enum"));
      case "number", "integer" -> out.append("number");
      case "boolean" -> out.append("boolean");
      case "array" -> {
        if (schema.has("items")) {
          writeType(schema.at("items"), indent);
          out.append("[]");
        } else {
          out.append("Array<any>");
        }
      }
      default -> out.append("any");
    }
  }

  private void writeString(RequestValue values) {
    List<String> allowed = new ArrayList<>();
    if (values.isList()) {
      for (RequestValue value : values.items()) {
        text(value).forEach(text -> allowed.add('"' + text + '"'));
      }
    }
    out.append(allowed.isEmpty() ? "string" : String.join(" | ", allowed));
  }

  /** A type, with null where the schema says so and the type does not. */
  private void writeNullable(RequestValue schema, String indent) {
    int start = out.length();
    writeType(schema, indent);
    boolean nullable = schema.isObject() && Boolean.TRUE.equals(schema.at("nullable").value());
    if (nullable && !out.contains("null", start)) {
      out.append(" | null");
    }
  }

  // Objects

  private void writeObject(RequestValue schema, String indent) {
    text(schema.at("description")).forEach(text -> writeComment(indent, text));
    out.append("{\n");
    if (schema.at("properties").isObject()) {
      Set<String> required = required(schema.at("required"));
      for (Map.Entry<String, RequestValue> property :
          schema.at("properties").entries().entrySet()) {
        String name = property.getKey() + (required.contains(property.getKey()) ? "" : "?");
        writeProperty(name, property.getValue(), indent);
      }
    }
    out.append(indent).append("}");
  }

  private static Set<String> required(RequestValue names) {
    Set<String> required = new HashSet<>();
    if (names.isList()) {
      names.items().forEach(name -> required.addAll(text(name)));
    }
    return required;
  }

  private void writeComment(String indent, String text) {
    out.append(indent).append("// ").append(text).append("\n");
  }

  private void writeProperty(String name, RequestValue given, String indent) {
    RequestValue schema = given.isObject() ? given : given.with(null);
    for (String title : text(schema.at("title"))) {
      writeComment(indent, title);
      out.append(indent).append("//\n");
    }
    boolean oneOf = schema.at("oneOf").isList();
    if (!schema.has("oneOf")) {
      text(schema.at("description")).forEach(text -> writeComment(indent, text));
    }
    writeExamples(schema.at("examples"), indent);
    if (oneOf) {
      writeVariantProperty(name, schema, indent);
      return;
    }
    out.append(indent).append(name).append(": ");
    writeNullable(given, indent + "    ");
    out.append(",");
    if (schema.has("default") && !schema.has("oneOf")) {
      out.append(" // default: ").append(byDefault(schema));
    }
    out.append("\n");
  }

  private void writeExamples(RequestValue examples, String indent) {
    if (examples.isList() && !examples.isFalse()) {
      writeComment(indent, "Examples:");
      for (RequestValue example : examples.items()) {
        text(example).forEach(text -> writeComment(indent, "- \"" + text + '"'));
      }
    }
  }

  private void writeVariantProperty(String name, RequestValue schema, String indent) {
    List<RequestValue> variants = schema.at("oneOf").items();
    List<String> description = text(schema.at("description"));
    boolean above =
        !description.isEmpty()
            && (variants.isEmpty() || !description.equals(description(variants.get(0))));
    if (above) {
      writeComment(indent, description.get(0));
    }
    if (schema.has("default")) {
      writeComment(indent, "default: " + byDefault(schema));
    }
    out.append(indent).append(name).append(":\n");
    for (int index = 0; index < variants.size(); index++) {
      RequestValue variant = variants.get(index);
      out.append(indent).append(" | ");
      writeNullable(variant, indent + "   ");
      List<String> remarks = new ArrayList<>();
      if (!(index == 0 && above) && !description(variant).equals(description)) {
        remarks.addAll(description(variant));
      }
      if (variant.isObject() && variant.has("default")) {
        remarks.add("default: " + byDefault(variant));
      }
      writeRemarks(remarks);
      out.append("\n");
    }
    out.append(indent).append(",\n");
  }

  // Values

  private static List<String> description(RequestValue schema) {
    return schema.isObject() ? text(schema.at("description")) : List.of();
  }

  /** The text, if it is one. */
  private static List<String> text(RequestValue value) {
    return value.isText() ? List.of(value.text()) : List.of();
  }

  private static boolean isEnumeration(RequestValue schema) {
    return schema.at("enum").isList() && !schema.at("enum").isFalse();
  }

  private static String byDefault(RequestValue schema) {
    RequestValue value = schema.at("default");
    if (!value.isText()) {
      return json(value);
    }
    return isEnumeration(schema) ? value.text() : quoted(value);
  }

  private static String quoted(RequestValue text) {
    return '"' + text.text() + '"';
  }

  private static String json(RequestValue value) {
    return value.json(JsonStyle.COMPACT);
  }
}
