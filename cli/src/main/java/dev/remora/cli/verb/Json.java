package dev.remora.cli.verb;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import dev.remora.text.Printable;
import java.util.List;
import java.util.Map;

/** JSON as the command reads and writes it: strict, one line, nothing escaped that need not be. */
public final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .serializeNulls()
          .setStrictness(Strictness.STRICT)
          .create();

  private static final Gson PLAIN =
      new GsonBuilder().setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();

  private Json() {}

  public static String write(Object value) {
    return Printable.of(GSON.toJson(value)); // Gson lets DEL and C1 through
  }

  /**
   * Reads a string.
   *
   * @throws CommandFailure if the text is anything else
   */
  public static String readString(String json) {
    if (read(json) instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw new CommandFailure("a JSON string is expected");
  }

  /**
   * Reads an array of ids, or an object whose member {@code ids} is one.
   *
   * @throws CommandFailure if the text is anything else, or an id has more than 32 bits
   */
  public static int[] readIds(String json) {
    JsonElement element = read(json);
    JsonElement given = element instanceof JsonObject object ? object.get("ids") : element;
    if (!(given instanceof JsonArray array)) {
      throw new CommandFailure("a JSON array of ids is expected");
    }
    int[] ids = new int[array.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = id(array.get(i));
    }
    return ids;
  }

  /**
   * Reads an object as plain maps, lists and values.
   *
   * @throws CommandFailure if the text is anything else
   */
  public static Map<String, Object> readObject(String json) {
    return object(read(json));
  }

  /**
   * Reads an array of objects as plain maps, lists and values.
   *
   * @throws CommandFailure if the text is anything else
   */
  public static List<Map<String, Object>> readObjects(String json) {
    if (read(json) instanceof JsonArray array) {
      return array.asList().stream().map(Json::object).toList();
    }
    throw new CommandFailure("a JSON array of objects is expected");
  }

  private static Map<String, Object> object(JsonElement element) {
    if (element instanceof JsonObject) {
      return PLAIN.fromJson(element, new TypeToken<Map<String, Object>>() {});
    }
    throw new CommandFailure(element + " is no JSON object");
  }

  private static int id(JsonElement element) {
    if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
      try {
        return primitive.getAsBigDecimal().intValueExact();
      } catch (ArithmeticException | NumberFormatException e) {
        throw new CommandFailure(element + " is not an id", e);
      }
    }
    throw new CommandFailure(element + " is not an id");
  }

  private static JsonElement read(String json) {
    try {
      JsonElement element = GSON.fromJson(json, JsonElement.class);
      if (element != null) {
        return element;
      }
    } catch (JsonParseException e) {
      throw new CommandFailure("this is no JSON", e);
    }
    throw new CommandFailure("the line is empty");
  }
}
