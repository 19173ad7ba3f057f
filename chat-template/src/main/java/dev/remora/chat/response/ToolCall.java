package dev.remora.chat.response;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool.
 *
 * @param id its id; empty where the model gives none
 * @param name the tool's name
 * @param arguments its arguments in the order in which the model wrote them; not to be changed
 */
public record ToolCall(Optional<String> id, String name, Map<String, @Nullable Object> arguments) {
  /** The calls that a value of {@code tool_calls} holds, be it one or a list. */
  static List<ToolCall> of(@Nullable Object value) {
    List<ToolCall> calls = new ArrayList<>();
    for (Object call : value instanceof List<?> list ? list : Collections.singletonList(value)) {
      if (call instanceof Map<?, ?> map
          && map.get("function") instanceof Map<?, ?> function
          && function.get("name") instanceof String name) {
        calls.add(new ToolCall(id(map), name, arguments(function.get("arguments"))));
      }
    }
    return calls;
  }

  private static Optional<String> id(Map<?, ?> call) {
    return call.get("id") instanceof String id ? Optional.of(id) : Optional.empty();
  }

  @SuppressWarnings("unchecked") // the maps are those of a message, whose keys are text
  private static Map<String, @Nullable Object> arguments(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }
}
