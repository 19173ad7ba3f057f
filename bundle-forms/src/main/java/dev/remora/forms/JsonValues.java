package dev.remora.forms;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.remora.BundleException;
import dev.remora.LimitException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON as plain values: map, list, string, long, double, boolean; null for null. */
final class JsonValues {
  /** A tree of objects takes many times its text; of what is parsed so, real files have 2 MiB. */
  private static final int LARGEST = 8 << 20;

  private JsonValues() {}

  /**
   * Parses the UTF-8 that stands in {@code json} from {@code from} to {@code to}.
   *
   * @throws LimitException if that is more than 8 MiB
   */
  static @Nullable Object parse(String file, byte[] json, int from, int to) {
    return plain(tree(file, json, from, to));
  }

  private static JsonElement tree(String file, byte[] json, int from, int to) {
    checkSize(file, to - from);
    try {
      return JsonParser.parseString(new String(json, from, to - from, StandardCharsets.UTF_8));
    } catch (JsonParseException e) {
      if (e.getCause() instanceof OutOfMemoryError outOfMemory) {
        throw outOfMemory; // it says nothing about the file
      }
      throw new BundleException("C8", file, "it is no JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Bounds what is parsed, of a file or of several parts of it.
   *
   * @throws LimitException if that is more than 8 MiB
   */
  static void checkSize(String file, long bytes) {
    if (bytes > LARGEST) {
      throw new LimitException("C8", "bytes of " + file + " beside its vocabulary", LARGEST, bytes);
    }
  }

  /** The names of the members of a JSON object that are null. */
  static Set<String> nullMembers(String file, byte[] json) {
    Set<String> names = new HashSet<>();
    if (tree(file, json, 0, json.length) instanceof JsonObject object) {
      object.entrySet().stream()
          .filter(member -> member.getValue().isJsonNull())
          .forEach(member -> names.add(member.getKey()));
    }
    return names;
  }

  /** A JSON object that is known to be one. */
  static Map<String, Object> object(String file, String text) {
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    return Members.map(file, "the object", parse(file, json, 0, json.length));
  }

  private static @Nullable Object plain(JsonElement element) {
    if (element instanceof JsonObject object) {
      Map<String, Object> map = new LinkedHashMap<>();
      object.entrySet().forEach(member -> putPlain(map, member.getKey(), member.getValue()));
      return Collections.unmodifiableMap(map);
    }
    if (element instanceof JsonArray array) {
      List<@Nullable Object> list = new ArrayList<>();
      array.forEach(item -> list.add(plain(item)));
      return Collections.unmodifiableList(list);
    }
    return element instanceof JsonPrimitive primitive ? plain(primitive) : null;
  }

  private static void putPlain(Map<String, Object> map, String name, JsonElement element) {
    Object value = plain(element);
    if (value != null) {
      map.put(name, value);
    }
  }

  private static Object plain(JsonPrimitive primitive) {
    if (primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    if (primitive.isString()) {
      return primitive.getAsString();
    }
    String number = primitive.getAsString();
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      return Double.parseDouble(number); // a fraction, an exponent, or more than 64 bits
    }
  }
}
