package dev.remora.chat.response;

import dev.remora.chat.response.value.PlainValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reply as a message, which {@link dev.remora.chat.ChatTemplate} takes back as it is.
 *
 * @param fields every field by its name, in the order in which they were found after the template's
 *     defaults: maps, lists, strings, numbers ({@link Long}, {@link java.math.BigInteger} where it
 *     must be, else {@link Double}), booleans and nulls; not to be changed
 */
public record ResponseMessage(Map<String, @Nullable Object> fields) {
  /** Keeps a copy down to the last value. */
  public ResponseMessage {
    fields = PlainValues.freezeAll(fields);
  }

  /** What the model thought; empty if nothing. */
  public Optional<String> reasoning() {
    return text(FieldKind.REASONING);
  }

  /** The answer; empty if there is none. */
  public Optional<String> content() {
    return text(FieldKind.CONTENT);
  }

  private Optional<String> text(FieldKind kind) {
    return fields.entrySet().stream()
        .filter(field -> FieldKind.of(field.getKey()) == kind)
        .map(Map.Entry::getValue)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst();
  }

  /**
   * The calls of tools, in order. What a template makes of calls without a name is not among them.
   */
  public List<ToolCall> toolCalls() {
    return ToolCall.of(fields.get("tool_calls"));
  }
}
