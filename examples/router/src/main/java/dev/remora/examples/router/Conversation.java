package dev.remora.examples.router;

import dev.remora.chat.ContentFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as templates expect it, from one as OpenAI's clients write it: the arguments of
 * calls are objects, not texts of JSON, and parts of text are one text where the template wants it
 * so.
 */
final class Conversation {
  private Conversation() {}

  static List<Map<String, Object>> of(List<Map<String, Object>> messages, ContentFormat format) {
    List<Map<String, Object>> converted = new ArrayList<>();
    for (Map<String, Object> message : messages) {
      String path = "messages[" + converted.size() + "]";
      Map<String, Object> copy = new LinkedHashMap<>(message);
      if (message.get("content") instanceof List<?> parts) {
        copy.put("content", content(path + ".content", parts, format));
      }
      if (message.get("tool_calls") instanceof List<?> calls) {
        copy.put("tool_calls", calls.stream().map(call -> call(path, call)).toList());
      }
      converted.add(copy);
    }
    return converted;
  }

  private static Object content(String path, List<?> parts, ContentFormat format) {
    List<String> texts = new ArrayList<>();
    for (Object item : parts) {
      if (!(item instanceof Map<?, ?> part) || !(part.get("text") instanceof String text)) {
        throw ApiException.unsupported(path, "parts of messages must be text");
      }
      texts.add(text);
    }
    return format == ContentFormat.TEXT
        ? String.join("\n", texts)
        : texts.stream().map(Conversation::part).collect(Collectors.toList());
  }

  private static Map<String, Object> part(String text) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", "text");
    part.put("text", text);
    return part;
  }

  private static Object call(String path, @Nullable Object call) {
    Map<Object, Object> copy = new LinkedHashMap<>(map(path, call));
    Map<Object, Object> function = new LinkedHashMap<>(map(path, copy.get("function")));
    if (function.get("arguments") instanceof String json) {
      Map<String, Object> arguments = json.isBlank() ? Map.of() : JsonBody.membersOf(json);
      if (arguments == null) {
        throw ApiException.invalid(path, "the arguments of a call must be a JSON object", null);
      }
      function.put("arguments", arguments);
    }
    copy.put("function", function);
    return copy;
  }

  private static Map<?, ?> map(String path, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw ApiException.invalid(path, "a call must be an object with a function", null);
  }
}
