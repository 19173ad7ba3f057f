package dev.remora.core.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The small parts of a file as plain values: map, list, string, long, double, boolean; null for
 * null, except that members that are null are left out. Read strictly, as the rest of the file is,
 * and without loading a library for it: a duplicate member is an error.
 */
public final class JsonTree {
  private JsonTree() {}

  /** Reads the value that stands here, which was passed over before: its levels are bounded. */
  public static @Nullable Object read(JsonCursor bytes) {
    return switch (bytes.peek()) {
      case '{' -> object(bytes);
      case '[' -> array(bytes);
      case '"' -> string(bytes);
      case 't' -> bytes.readLiteral("true", true);
      case 'f' -> bytes.readLiteral("false", false);
      case 'n' -> bytes.readLiteral("null", null);
      default -> number(bytes.readNumber());
    };
  }

  /** A number as a long, or as a double where it has a fraction, an exponent or over 64 bits. */
  public static Object number(String number) {
    if (isFraction(number)) {
      return Double.parseDouble(number); // an exception for each takes far longer than the number
    }
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      return Double.parseDouble(number);
    }
  }

  private static boolean isFraction(String number) {
    return number.indexOf('.') >= 0 || number.indexOf('e') >= 0 || number.indexOf('E') >= 0;
  }

  private static String string(JsonCursor bytes) {
    bytes.readString();
    return text(bytes);
  }

  /** The string that was read last. */
  public static String text(JsonCursor bytes) {
    return new String(
        bytes.text(), bytes.textFrom(), bytes.textTo() - bytes.textFrom(), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> object(JsonCursor bytes) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    bytes.expect('{');
    if (!bytes.take('}')) {
      do {
        bytes.readKey();
        String name = text(bytes);
        if (members.containsKey(name)) {
          throw bytes.broken("duplicate member '" + name + "'");
        }
        members.put(name, read(bytes));
      } while (bytes.take(','));
      bytes.expect('}');
    }
    return withoutNulls(members);
  }

  @SuppressWarnings("NullAway") // the values that are null are removed first
  private static Map<String, Object> withoutNulls(Map<String, @Nullable Object> members) {
    members.values().removeAll(Collections.singleton(null));
    return Collections.unmodifiableMap(members);
  }

  private static List<@Nullable Object> array(JsonCursor bytes) {
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
