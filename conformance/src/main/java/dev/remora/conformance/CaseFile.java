package dev.remora.conformance;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberStrategy;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of golden cases: a JSON array of objects, as maps, lists, strings, booleans and numbers
 * ({@link BigInteger}, else {@link Double}). NaN and infinities are let through, as Python writes
 * them.
 */
final class CaseFile {
  private static final ToNumberStrategy NUMBERS =
      reader -> {
        String text = reader.nextString();
        return text.matches("-?[0-9]{1,4300}")
            ? (Number) new BigInteger(text)
            : Double.valueOf(text);
      };

  private static final Gson GSON =
      new GsonBuilder().setObjectToNumberStrategy(NUMBERS).serializeNulls().create();

  private CaseFile() {}

  /**
   * The cases of a file; none if it is not an array.
   *
   * @throws com.google.gson.JsonParseException if the file is not JSON
   */
  static List<Map<String, @Nullable Object>> read(Path file) throws IOException {
    return items(json(file));
  }

  /**
   * The cases of an array that is a member of a file's object; none if there is no such array.
   *
   * @throws com.google.gson.JsonParseException if the file is not JSON
   */
  static List<Map<String, @Nullable Object>> read(Path file, String member) throws IOException {
    return items(members(json(file)).get(member));
  }

  private static @Nullable Object json(Path file) throws IOException {
    return GSON.fromJson(Files.readString(file), Object.class);
  }

  /**
   * The members of a file that is one object; none if it is another.
   *
   * @throws com.google.gson.JsonParseException if the file is not JSON
   */
  static Map<String, @Nullable Object> readObject(Path file) throws IOException {
    return members(json(file));
  }

  /**
   * The members of a text that is one object.
   *
   * @throws com.google.gson.JsonParseException if the text is not JSON
   */
  static Map<String, @Nullable Object> parseObject(String text) {
    return members(GSON.fromJson(text, Object.class));
  }

  /** The objects of an array; none if the value is not an array. */
  static List<Map<String, @Nullable Object>> items(@Nullable Object value) {
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> items.add(members(item)));
    }
    return items;
  }

  /** A value as JSON again. */
  static String write(@Nullable Object value) {
    return GSON.toJson(value);
  }

  /** The members of an object; none if the value is not an object. */
  static Map<String, @Nullable Object> members(@Nullable Object value) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> members.put(String.valueOf(name), member));
    }
    return members;
  }
}
