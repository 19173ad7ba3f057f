package dev.remora.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;

/** JSON as the command reads and writes it: strict, one line, nothing escaped that need not be. */
final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .serializeNulls()
          .setStrictness(Strictness.STRICT)
          .create();

  private Json() {}

  static String write(Object value) {
    return GSON.toJson(value);
  }

  /**
   * Reads a string.
   *
   * @throws CommandFailure if the text is anything else
   */
  static String readString(String json) {
    if (read(json) instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw new CommandFailure("a JSON string is expected");
  }

  /**
   * Reads an array of ids.
   *
   * @throws CommandFailure if the text is anything else, or an id has more than 32 bits
   */
  static int[] readIds(String json) {
    if (!(read(json) instanceof JsonArray array)) {
      throw new CommandFailure("a JSON array of ids is expected");
    }
    int[] ids = new int[array.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = id(array.get(i));
    }
    return ids;
  }

  private static int id(JsonElement element) {
    if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
      try {
        return primitive.getAsBigDecimal().intValueExact();
      } catch (ArithmeticException e) {
        throw new CommandFailure(element + " is no id", e);
      }
    }
    throw new CommandFailure(element + " is no id");
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
