package dev.remora.forms.json;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.core.json.JsonTree;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain values: map, list, string, long, double, boolean. Read leniently, as configs are
 * written by many hands, and without Gson's tree, whose classes take longer to load than a config
 * to read.
 */
public final class LenientJson {
  /** A tree of objects takes many times its text; of what is parsed so, real files have 2 MiB. */
  private static final int MAX_TREE_BYTES = 8 << 20;

  /** Gson has a bound of its own, 255, since 2.12 only. */
  private static final int MAX_LEVELS = 250;

  private LenientJson() {}

  /**
   * Parses a file in UTF-8 that holds an object, whose members that are null are kept as null.
   *
   * @throws BundleException if it is not JSON, or not an object
   * @throws LimitException if it has more than 8 MiB
   */
  @SuppressWarnings(
      "deprecation") // setStrictness says the same since 2.11; frameworks bring 2.8 on
  public static Map<String, @Nullable Object> object(String file, byte[] json) {
    checkSize(file, json.length);
    try (JsonReader reader =
        new JsonReader(new StringReader(new String(json, StandardCharsets.UTF_8)))) {
      reader.setLenient(true);
      if (reader.peek() != JsonToken.BEGIN_OBJECT) {
        throw new BundleException(Rule.C8, file, "it is not an object");
      }
      Map<String, @Nullable Object> members = members(reader, 1);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new IOException("something follows the end");
      }
      return members;
    } catch (EOFException e) {
      throw new BundleException(Rule.C8, file, "it is empty or cut off", e);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw notJson(file, e);
    }
  }

  private static BundleException notJson(String file, Exception problem) {
    return new BundleException(Rule.C8, file, "it is not JSON: " + problem.getMessage(), problem);
  }

  /**
   * Bounds what is parsed, of a file or of several parts of it.
   *
   * @throws LimitException if that is more than 8 MiB
   */
  public static void checkSize(String file, long bytes) {
    if (bytes > MAX_TREE_BYTES) {
      throw new LimitException(
          Rule.C8, "bytes of " + file + " beside its vocabulary", MAX_TREE_BYTES, bytes);
    }
  }

  private static @Nullable Object value(JsonReader reader, int level) throws IOException {
    if (level > MAX_LEVELS) {
      throw new IOException("it has more than " + MAX_LEVELS + " levels");
    }
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> map(reader, level);
      case BEGIN_ARRAY -> list(reader, level);
      case STRING -> reader.nextString();
      case NUMBER -> JsonTree.number(reader.nextString());
      case BOOLEAN -> reader.nextBoolean();
      case NULL -> {
        reader.nextNull();
        yield null;
      }
      default -> throw new IOException("a value is missing");
    };
  }

  private static Map<String, @Nullable Object> members(JsonReader reader, int level)
      throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      members.put(
          reader.nextName(), value(reader, level + 1)); // of duplicate names the last counts
    }
    reader.endObject();
    return members;
  }

  private static Map<String, @Nullable Object> map(JsonReader reader, int level)
      throws IOException {
    Map<String, @Nullable Object> members = members(reader, level);
    members.values().removeIf(Objects::isNull);
    return Collections.unmodifiableMap(members);
  }

  private static List<@Nullable Object> list(JsonReader reader, int level) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      list.add(value(reader, level + 1));
    }
    reader.endArray();
    return Collections.unmodifiableList(list);
  }
}
