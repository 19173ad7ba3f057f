package dev.remora.forms;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The small parts of a tokenizer.json as plain values, as {@link JsonValues} gives them for
 * configs; but strictly, as the rest of the file is read, and without loading a library for it.
 */
final class JsonTree {
  private JsonTree() {}

  /** Reads the value that stands here, which was passed over before: its levels are bounded. */
  static @Nullable Object read(JsonBytes bytes) {
    return switch (bytes.peek()) {
      case '{' -> object(bytes);
      case '[' -> array(bytes);
      case '"' -> string(bytes);
      case 't' -> bytes.readLiteral("true", true);
      case 'f' -> bytes.readLiteral("false", false);
      case 'n' -> bytes.readLiteral("null", null);
      default -> JsonValues.number(bytes.readNumber());
    };
  }

  private static String string(JsonBytes bytes) {
    bytes.readString();
    return text(bytes);
  }

  /** The string that was read last. */
  static String text(JsonBytes bytes) {
    return new String(
        bytes.text(), bytes.textFrom(), bytes.textTo() - bytes.textFrom(), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> object(JsonBytes bytes) {
    Map<String, Object> members = new LinkedHashMap<>();
    bytes.expect('{');
    if (!bytes.take('}')) {
      do {
        bytes.readKey();
        put(members, text(bytes), read(bytes));
      } while (bytes.take(','));
      bytes.expect('}');
    }
    return Collections.unmodifiableMap(members);
  }

  /** The last of equal names counts. */
  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    } else {
      members.remove(name);
    }
  }

  private static List<@Nullable Object> array(JsonBytes bytes) {
    List<@Nullable Object> values = new ArrayList<>();
    bytes.expect('[');
    if (!bytes.take(']')) {
      do {
        values.add(read(bytes));
      } while (bytes.take(','));
      bytes.expect(']');
    }
    return Collections.unmodifiableList(values);
  }
}
