package dev.remora.chat.response;

/** What a field of a message is for, whatever its name in a family of models is. */
public enum FieldKind {
  /** What the model thought: {@code thinking}, {@code reasoning} or {@code reasoning_content}. */
  REASONING,
  /** The answer: {@code content}. */
  CONTENT,
  /** What the model calls: {@code tool_calls}. */
  TOOL_CALLS,
  /** Anything else that a template names. */
  OTHER;

  /** The kind of a field by its name. */
  public static FieldKind of(String field) {
    return switch (field) {
      case "thinking", "reasoning", "reasoning_content" -> REASONING;
      case "content" -> CONTENT;
      case "tool_calls" -> TOOL_CALLS;
      default -> OTHER;
    };
  }
}
