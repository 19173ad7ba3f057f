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

  private static final Gson GSON = new GsonBuilder().setObjectToNumberStrategy(NUMBERS).create();

  private CaseFile() {}

  /**
   * The cases of a file; none if it is not an array.
   *
   * @throws com.google.gson.JsonParseException if the file is not JSON
   */
  static List<Map<String, @Nullable Object>> read(Path file) throws IOException {
    return cases(json(file));
  }

  /**
   * The cases of an array that is a member of a file's object; none if there is no such array.
   *
   * @throws com.google.gson.JsonParseException if the file is not JSON
   */
  static List<Map<String, @Nullable Object>> read(Path file, String member) throws IOException {
    return cases(members(json(file)).get(member));
  }

  private static @Nullable Object json(Path file) throws IOException {
    return GSON.fromJson(Files.readString(file), Object.class);
  }

  private static List<Map<String, @Nullable Object>> cases(@Nullable Object array) {
    List<Map<String, @Nullable Object>> cases = new ArrayList<>();
    if (array instanceof List<?> list) {
      list.forEach(item -> cases.add(members(item)));
    }
    return cases;
  }

  /**
   * The members of a file that is an object.
   *
   * @throws com.google.gson.JsonParseException if the file is not JSON
   */
  static Map<String, @Nullable Object> readObject(Path file) throws IOException {
    return members(GSON.fromJson(Files.readString(file), Object.class));
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
