package dev.remora.chat.encoding.kimi;

import dev.remora.chat.encoding.RequestValue;
import dev.remora.chat.encoding.kimi.SchemaType.AnyOf;
import dev.remora.chat.encoding.kimi.SchemaType.ArrayType;
import dev.remora.chat.encoding.kimi.SchemaType.Named;
import dev.remora.chat.encoding.kimi.SchemaType.ObjectType;
import dev.remora.chat.encoding.kimi.SchemaType.Property;
import dev.remora.chat.encoding.kimi.SchemaType.Remarks;
import dev.remora.chat.encoding.kimi.SchemaType.Unsupported;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads JSON schemas of one function; what they define and refer to is collected. */
final class SchemaReader {
  private static final String DEFINITIONS = "#/$defs/";
  private static final Set<String> NO_CONSTRAINTS = Set.of();

  /** The types that may stand in a list of types. */
  private static final Map<String, String> UNION =
      Map.of(
          "string", "string",
          "number", "number",
          "integer", "number",
          "boolean", "boolean",
          "null", "null",
          "object", "{}",
          "array", "Array<any>");

  private final Map<String, RequestValue> definitions = new LinkedHashMap<>();
  private boolean refersToItself;

  /** What the schemas read so far define, in the order in which it was met; a copy. */
  Map<String, RequestValue> definitions() {
    return new LinkedHashMap<>(definitions);
  }

  /** Whether a schema refers to the root of all. */
  boolean refersToItself() {
    return refersToItself;
  }

  /** The type of a schema. */
  SchemaType type(RequestValue schema) throws Unsupported {
    if (schema.value() instanceof Boolean any) {
      return Named.of(any ? "any" : "null");
    }
    if (!schema.isObject()) {
      throw new Unsupported();
    }
    if (schema.has("$ref")) {
      return new Named(target(text(schema.at("$ref"))), remarks(schema, NO_CONSTRAINTS));
    }
    if (schema.has("anyOf")) {
      List<SchemaType> types = new ArrayList<>();
      for (RequestValue each : list(schema.at("anyOf"))) {
        types.add(type(each));
      }
      return new AnyOf(types, remarks(schema, NO_CONSTRAINTS));
    }
    if (schema.has("enum")) {
      return new Named(SchemaEnum.of(schema), remarks(schema, NO_CONSTRAINTS));
    }
    if (schema.has("type")) {
      return schema.at("type").isList() ? union(schema) : typed(schema);
    }
    if (schema.isFalse()) { // an object without a member
      return Named.of("any");
    }
    throw new Unsupported();
  }

  private String target(String reference) throws Unsupported {
    if (reference.equals("#")) {
      refersToItself = true;
      return "parameters";
    }
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    if (!reference.startsWith(DEFINITIONS) || !definitions.containsKey(name)) {
      throw new Unsupported();
    }
    return name;
  }

  private static SchemaType union(RequestValue schema) throws Unsupported {
    List<String> names = new ArrayList<>();
    for (RequestValue type : schema.at("type").items()) {
      String name = UNION.get(text(type));
      if (name == null) {
        throw new Unsupported();
      }
      names.add(name);
    }
    return new Named(String.join(" | ", names), remarks(schema, NO_CONSTRAINTS));
  }

  private SchemaType typed(RequestValue schema) throws Unsupported {
    String type = text(schema.at("type"));
    return switch (type) {
      case "object" -> object(schema);
      case "array" -> {
        RequestValue items = schema.at("items");
        SchemaType item = items.isFalse() ? Named.of("any") : type(items);
        yield new ArrayType(item, remarks(schema, Set.of("minItems", "maxItems")));
      }
      case "string" ->
          new Named(type, remarks(schema, Set.of("maxLength", "minLength", "pattern")));
      case "number", "integer" ->
          new Named("number", remarks(schema, Set.of("maximum", "minimum")));
      default -> new Named(type, remarks(schema, NO_CONSTRAINTS));
    };
  }

  /** An object; one without members if the schema is absent. */
  ObjectType object(RequestValue schema) throws Unsupported {
    definitions.putAll(members(schema.at("$defs")));
    RequestValue additional = schema.at("additionalProperties");
    SchemaType others = additional.isAbsent() ? null : others(additional);
    Set<String> required = new HashSet<>();
    for (RequestValue name : list(schema.at("required"))) {
      required.add(name.isText() ? name.text() : "");
    }
    List<Property> properties = new ArrayList<>();
    for (Map.Entry<String, RequestValue> entry : members(schema.at("properties")).entrySet()) {
      RequestValue property = entry.getValue();
      properties.add(
          new Property(
              entry.getKey(),
              type(property),
              !required.contains(entry.getKey()),
              property.isObject() ? spelled(property.at("default")) : ""));
    }
    return new ObjectType(properties, others, remarks(schema, NO_CONSTRAINTS));
  }

  private SchemaType others(RequestValue additional) throws Unsupported {
    if (additional.value() instanceof Boolean any) {
      return Named.of(any ? "any" : "never");
    }
    return type(additional);
  }

  private static String spelled(RequestValue byDefault) {
    if (byDefault.isAbsent()) {
      return "";
    }
    boolean plain = byDefault.value() instanceof Number || byDefault.value() instanceof Boolean;
    return plain ? byDefault.spelled() : byDefault.json();
  }

  private static Remarks remarks(RequestValue schema, Set<String> constraints) throws Unsupported {
    List<String> said = new ArrayList<>();
    for (String name : new TreeSet<>(constraints)) {
      if (schema.has(name)) {
        said.add(name + ": " + schema.at(name).spelled());
      }
    }
    RequestValue description = schema.at("description");
    return new Remarks(description.isFalse() ? "" : text(description), String.join(", ", said));
  }

  /** The text; a schema with something else in its place is beyond what can be said. */
  static String text(RequestValue value) throws Unsupported {
    if (!value.isText()) {
      throw new Unsupported();
    }
    return value.text();
  }

  /** The members; none if there is no value. */
  static Map<String, RequestValue> members(RequestValue value) throws Unsupported {
    if (!value.isAbsent() && !value.isObject()) {
      throw new Unsupported();
    }
    return value.entries();
  }

  /** The elements; none if there is no value. */
  static List<RequestValue> list(@Nullable RequestValue value) throws Unsupported {
    if (value == null || value.isAbsent()) {
      return List.of();
    }
    if (!value.isList()) {
      throw new Unsupported();
    }
    return value.items();
  }
}
