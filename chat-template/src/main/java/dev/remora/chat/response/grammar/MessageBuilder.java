package dev.remora.chat.response.grammar;

import dev.remora.ResponseException.Problem;
import dev.remora.chat.response.value.PlainValues;
import dev.remora.chat.response.value.ToolTypes;
import dev.remora.chat.response.value.ValueFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The message while it is made: what each field's texts become. Not thread-safe. */
final class MessageBuilder {
  private final ReplyGrammar grammar;
  private final ToolTypes tools;
  private final Map<String, @Nullable Object> message;

  MessageBuilder(ReplyGrammar grammar, ToolTypes tools) {
    this.grammar = grammar;
    this.tools = tools;
    this.message = PlainValues.copyOf(grammar.defaults());
  }

  /**
   * Adds a text of a field.
   *
   * @param captures the groups of what stood before it
   * @return its value, not to be changed
   * @throws ValueFailure if it has none
   */
  @Nullable Object add(FieldRule field, String text, Map<String, @Nullable Object> captures) {
    Object value = transformed(field, field.content().read(text), captures);
    tools.cast(value);
    if (field.join() != null) {
      message.put(field.name(), joined(field, field.join(), value));
    } else if (field.repeats()) {
      listOf(field).add(value);
    } else {
      message.put(field.name(), value);
    }
    return PlainValues.freeze(value);
  }

  private static @Nullable Object transformed(
      FieldRule field, @Nullable Object value, Map<String, @Nullable Object> captures) {
    if (field.transform() == null) {
      return value;
    }
    Map<String, @Nullable Object> scope = new LinkedHashMap<>(captures);
    if (!field.each()) {
      scope.put("content", value);
      return field.transform().apply(scope);
    }
    if (!(value instanceof List<?> list)) {
      throw ValueFailure.of(Problem.TRANSFORM, "transform_each of what is no list");
    }
    List<@Nullable Object> items = new ArrayList<>(list.size());
    for (Object item : list) {
      if (!(item instanceof Map<?, ?> map)) {
        throw ValueFailure.of(Problem.TRANSFORM, "transform_each of an item that is no object");
      }
      Map<String, @Nullable Object> all = new LinkedHashMap<>(scope);
      map.forEach((name, member) -> all.put(String.valueOf(name), member));
      items.add(field.transform().apply(all));
    }
    return items;
  }

  private String joined(FieldRule field, String join, @Nullable Object value) {
    if (!(value instanceof String text)) {
      throw ValueFailure.of(Problem.JOIN, "join of what is no text");
    }
    Object before = message.get(field.name());
    if (before != null && !(before instanceof String)) {
      throw ValueFailure.of(Problem.JOIN, "join with a default that is no text");
    }
    return before == null ? text : before + join + text;
  }

  @SuppressWarnings("unchecked") // the lists are those that were made or copied here
  private List<@Nullable Object> listOf(FieldRule field) {
    Object list = message.computeIfAbsent(field.name(), name -> new ArrayList<>());
    if (list instanceof List<?>) {
      return (List<@Nullable Object>) list;
    }
    throw ValueFailure.of(Problem.CONTENT, "repeats with a default that is no list");
  }

  /** The message so far, not to be changed. */
  Map<String, @Nullable Object> soFar() {
    return PlainValues.freezeAll(message);
  }

  /**
   * The message without fields that are empty, unless they are among the defaults; nothing is added
   * to it after.
   *
   * @throws ValueFailure if a required field is missing
   */
  Map<String, @Nullable Object> whole() {
    for (FieldRule field : grammar.fields()) {
      if (field.required() && !message.containsKey(field.name())) {
        throw ValueFailure.of(
            Problem.REQUIRED, "the required field " + field.name() + " is missing");
      }
    }
    message
        .entrySet()
        .removeIf(
            entry ->
                PlainValues.isEmpty(entry.getValue())
                    && !grammar.defaults().containsKey(entry.getKey()));
    return message;
  }
}
