package dev.remora.chat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON text to plain Java values: maps, lists, strings, numbers, booleans and nulls. */
final class PlainJson {
  private PlainJson() {}

  /**
   * The value of a JSON text; NaN and infinities are let through, as Python writes them.
   *
   * @throws JsonParseException if it is no JSON
   */
  static @Nullable Object parse(String text) {
    return plain(JsonParser.parseString(text));
  }

  /** The members of a JSON object; none if the value is not an object. */
  static Map<String, @Nullable Object> members(@Nullable Object value) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> members.put(String.valueOf(name), member));
    }
    return members;
  }

  private static @Nullable Object plain(JsonElement element) {
    if (element instanceof JsonObject object) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      object.entrySet().forEach(member -> members.put(member.getKey(), plain(member.getValue())));
      return members;
    }
    if (element instanceof JsonArray array) {
      List<@Nullable Object> items = new ArrayList<>(array.size());
      array.forEach(item -> items.add(plain(item)));
      return items;
    }
    return element instanceof JsonPrimitive primitive ? plain(primitive) : null;
  }

  private static Object plain(JsonPrimitive primitive) {
    if (primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    String text = primitive.getAsString();
    if (primitive.isString()) {
      return text;
    }
    return text.matches("-?\\d{1,4300}") ? (Object) new BigInteger(text) : Double.valueOf(text);
  }
}
