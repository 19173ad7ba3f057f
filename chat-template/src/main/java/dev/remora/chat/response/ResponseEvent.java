package dev.remora.chat.response;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a reply: a field's text begins, goes on, and ends. Events of one field follow
 * each other, and another's begin after its end. Where a text is cut into {@link Text} is a matter
 * of how it arrived; their texts joined are not. Immutable.
 */
public sealed interface ResponseEvent {
  /** The field's name in the message, such as {@code content}. */
  String field();

  /** What the field is for. */
  default FieldKind kind() {
    return FieldKind.of(field());
  }

  /** A field's text begins. */
  record Opened(String field) implements ResponseEvent {}

  /**
   * A field's text goes on.
   *
   * @param text what the model wrote; never empty
   * @param raw whether it is of use only when it is whole, such as JSON: the value comes with
   *     {@link Closed}
   */
  record Text(String field, String text, boolean raw) implements ResponseEvent {}

  /**
   * A field's text has ended.
   *
   * @param value what it is in the message, or one item of it where the field repeats: a map, list,
   *     string, number, boolean or null; not to be changed
   */
  record Closed(String field, @Nullable Object value) implements ResponseEvent {
    /** The calls of tools that it holds, in order; none where the field is for something else. */
    public List<ToolCall> toolCalls() {
      return kind() == FieldKind.TOOL_CALLS ? ToolCall.of(value) : List.of();
    }
  }
}
