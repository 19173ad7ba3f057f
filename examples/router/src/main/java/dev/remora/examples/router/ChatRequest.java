package dev.remora.examples.router;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the router takes from the body of a request.
 *
 * @param model the model's name, given back as it is
 * @param messages the conversation, as plain maps and lists
 * @param tools the schemas of the tools; null if there are none
 * @param stops the stop strings
 * @param temperature the temperature
 * @param topP the nucleus
 * @param maxTokens the most tokens to generate, if there is a bound
 * @param stream whether to answer with server-sent events
 */
record ChatRequest(
    String model,
    List<Map<String, Object>> messages,
    @Nullable List<?> tools,
    List<String> stops,
    double temperature,
    double topP,
    OptionalInt maxTokens,
    boolean stream) {
  private static final Gson GSON =
      new GsonBuilder().setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();

  /** A request that cannot be served as it is. */
  static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Invalid(String problem, @Nullable Throwable cause) {
      super(problem, cause);
    }
  }

  /**
   * Reads a body.
   *
   * @throws Invalid if it is no JSON object or a member is of another kind
   */
  static ChatRequest parse(String json) {
    try {
      Map<String, Object> body = GSON.fromJson(json, new TypeToken<Map<String, Object>>() {});
      if (body == null) {
        throw new Invalid("the body is empty", null);
      }
      return of(body);
    } catch (JsonParseException e) {
      throw new Invalid("the body is no JSON object", e);
    }
  }

  private static ChatRequest of(Map<String, Object> body) {
    Object messages = body.get("messages");
    if (!(messages instanceof List<?> list) || list.isEmpty()) {
      throw new Invalid("'messages' must be a list that is not empty", null);
    }
    return new ChatRequest(
        String.valueOf(body.getOrDefault("model", "")),
        list.stream().map(ChatRequest::message).toList(),
        body.get("tools") instanceof List<?> tools ? tools : null,
        stops(body.get("stop")),
        number(body, "temperature", 1).doubleValue(),
        number(body, "top_p", 1).doubleValue(),
        body.get("max_tokens") == null
            ? OptionalInt.empty()
            : OptionalInt.of(number(body, "max_tokens", 0).intValue()),
        Boolean.TRUE.equals(body.get("stream")));
  }

  @SuppressWarnings("unchecked") // the keys of a JSON object are strings
  private static Map<String, Object> message(@Nullable Object item) {
    if (item instanceof Map<?, ?> message) {
      return (Map<String, Object>) message;
    }
    throw new Invalid("a message must be an object", null);
  }

  private static List<String> stops(@Nullable Object stop) {
    List<?> stops = stop instanceof List<?> list ? list : stop == null ? List.of() : List.of(stop);
    for (Object item : stops) {
      if (!(item instanceof String string) || string.isEmpty()) {
        throw new Invalid("'stop' must be a string or a list of strings", null);
      }
    }
    return stops.stream().map(String.class::cast).toList();
  }

  private static Number number(Map<String, Object> body, String name, Number otherwise) {
    Object value = body.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number && number.doubleValue() >= 0) {
      return number;
    }
    throw new Invalid("'" + name + "' must be a number from 0 on", null);
  }
}
