package dev.remora.cli.play;

import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page asks: a JSON object whose members are read by type. */
final class PlayRequest {
  private final Map<String, Object> members;

  PlayRequest(String json) {
    members = Json.readObject(json);
  }

  /** Whether there is a member that is not null. */
  boolean has(String name) {
    return members.get(name) != null;
  }

  /** A text. */
  String text(String name) {
    return member(name, String.class, "a text");
  }

  /** Whether it is true; false where it is left out. */
  boolean isSet(String name) {
    return has(name) && member(name, Boolean.class, "true or false");
  }

  /** A whole number. */
  int index(String name) {
    long number = member(name, Long.class, "a whole number");
    if (number != (int) number) {
      throw new CommandFailure(name + " is too large");
    }
    return (int) number;
  }

  /** An object. */
  Map<String, Object> object(String name) {
    return object(name, members.get(name));
  }

  /** An array of objects. */
  List<Map<String, Object>> objects(String name) {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (Object element : member(name, List.class, "an array")) {
      objects.add(object("each of " + name, element));
    }
    return objects;
  }

  @SuppressWarnings("unchecked") // keys of JSON are strings
  private static Map<String, Object> object(String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new CommandFailure(name + " must be an object");
  }

  private <T> T member(String name, Class<T> type, String what) {
    Object value = members.get(name);
    if (!type.isInstance(value)) {
      throw new CommandFailure(name + " must be " + what);
    }
    return type.cast(value);
  }
}
