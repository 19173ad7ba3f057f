package dev.remora.forms;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.Rule;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain values: map, list, string, long, double, boolean; null for null. Read leniently, as
 * configs are written by many hands, and without Gson's tree, whose classes take longer to load
 * than a config to read.
 */
final class JsonValues {
  /** A tree of objects takes many times its text; of what is parsed so, real files have 2 MiB. */
  private static final int LARGEST = 8 << 20;

  private JsonValues() {}

  /**
   * Parses a file in UTF-8.
   *
   * @throws LimitException if that is more than 8 MiB
   */
  static @Nullable Object parse(String file, byte[] json) {
    checkSize(file, json.length);
    String text = new String(json, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return null;
    }
    try (JsonReader reader = reader(text)) {
      Object value = value(reader);
      if (value != null && reader.peek() != JsonToken.END_DOCUMENT) {
        throw new IOException("something follows the end");
      }
      return value;
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw noJson(file, e);
    }
  }

  private static JsonReader reader(String text) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.LENIENT);
    return reader;
  }

  private static BundleException noJson(String file, Exception problem) {
    return new BundleException(Rule.C8, file, "it is no JSON: " + problem.getMessage(), problem);
  }

  /**
   * Bounds what is parsed, of a file or of several parts of it.
   *
   * @throws LimitException if that is more than 8 MiB
   */
  static void checkSize(String file, long bytes) {
    if (bytes > LARGEST) {
      throw new LimitException(
          Rule.C8, "bytes of " + file + " beside its vocabulary", LARGEST, bytes);
    }
  }

  /** The names of the members of a JSON object that are null. */
  static Set<String> nullMembers(String file, byte[] json) {
    Set<String> names = new HashSet<>();
    checkSize(file, json.length);
    try (JsonReader reader = reader(new String(json, StandardCharsets.UTF_8))) {
      if (reader.peek() != JsonToken.BEGIN_OBJECT) {
        return names;
      }
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        if (value(reader) == null) {
          names.add(name);
        } else {
          names.remove(name); // the last of equal names counts
        }
      }
      return names;
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw noJson(file, e);
    }
  }

  /** A JSON object that is known to be one. */
  static Map<String, Object> object(String file, String text) {
    return Members.map(file, "the object", parse(file, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Gson bounds the levels, at 255. */
  private static @Nullable Object value(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> map(reader);
      case BEGIN_ARRAY -> list(reader);
      case STRING -> reader.nextString();
      case NUMBER -> number(reader.nextString());
      case BOOLEAN -> reader.nextBoolean();
      case NULL -> {
        reader.nextNull();
        yield null;
      }
      default -> throw new IOException("a value is missing");
    };
  }

  private static Map<String, Object> map(JsonReader reader) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      Object value = value(reader);
      if (value != null) {
        map.put(name, value);
      } else {
        map.remove(name); // the last of equal names counts
      }
    }
    reader.endObject();
    return Collections.unmodifiableMap(map);
  }

  private static List<@Nullable Object> list(JsonReader reader) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      list.add(value(reader));
    }
    reader.endArray();
    return Collections.unmodifiableList(list);
  }

  /** A number as a long, or as a double where it is none. */
  static Object number(String number) {
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      return Double.parseDouble(number); // a fraction, an exponent, or more than 64 bits
    }
  }
}
