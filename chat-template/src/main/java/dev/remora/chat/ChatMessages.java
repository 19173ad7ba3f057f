package dev.remora.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the messages of a conversation for the common case. Messages are plain maps, as a JSON
 * parser gives them; what this builder does not know is added with {@link #message(Map)} or {@link
 * #message(Record)}. What it is given is copied, and records in it become maps of their components.
 *
 * <p>The order of members counts, as templates write them in it. A {@code Map.of} or {@code Set.of}
 * of several elements has another in each JVM: this builder refuses it with {@link
 * UnorderedInputException}. Not thread-safe.
 */
public final class ChatMessages {
  private final List<Map<String, Object>> messages = new ArrayList<>();

  private ChatMessages() {}

  /** A builder of no messages. */
  public static ChatMessages builder() {
    return new ChatMessages();
  }

  /** Adds a message of the system. */
  public ChatMessages system(String content) {
    return message("system", content);
  }

  /** Adds a message of the user. */
  public ChatMessages user(String content) {
    return message("user", content);
  }

  /** Adds a message of the assistant. */
  public ChatMessages assistant(String content) {
    return message("assistant", content);
  }

  /**
   * Adds a message of the assistant that calls one tool.
   *
   * @param id the identifier of the call
   * @param name the name of the function
   * @param arguments its arguments: a map whose order counts, a record, or JSON text where the
   *     template expects that
   * @throws UnorderedInputException if the order of something in the arguments is not known
   */
  public ChatMessages toolCall(String id, String name, Object arguments) {
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", name);
    function.put("arguments", arguments);
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("id", id);
    call.put("type", "function");
    call.put("function", function);
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    message.put("content", "");
    message.put("tool_calls", List.of(call));
    return message(message);
  }

  /**
   * Adds what a tool answered.
   *
   * @param id the identifier of the call
   * @param name the name of the function
   * @param content the answer
   */
  public ChatMessages tool(String id, String name, String content) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", "tool");
    message.put("tool_call_id", id);
    message.put("name", name);
    message.put("content", content);
    return message(message);
  }

  /** Adds a message of any role. */
  public ChatMessages message(String role, String content) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", role);
    message.put("content", content);
    return message(message);
  }

  /**
   * Adds any message.
   *
   * @throws UnorderedInputException if the order of something in it is not known
   */
  public ChatMessages message(Map<String, ?> message) {
    messages.add(OrderedValues.members(message, path()));
    return this;
  }

  /**
   * Adds any message, the components of a public record.
   *
   * @throws UnorderedInputException if the order of something in it is not known
   * @throws IllegalArgumentException if the record cannot be read
   */
  public ChatMessages message(Record message) {
    messages.add(OrderedValues.members(message, path()));
    return this;
  }

  private String path() {
    return "messages[" + messages.size() + "]";
  }

  /** The messages. */
  public List<Map<String, Object>> build() {
    return List.copyOf(messages);
  }
}
