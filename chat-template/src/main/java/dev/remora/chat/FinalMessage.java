package dev.remora.chat;

import dev.remora.jinja.PythonStrings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A last message that the model is to go on with. A mark is put after its text before rendering,
 * and the prompt is cut where the mark stands: what transformers does.
 */
final class FinalMessage {
  private static final String MARK = "CONTINUE_FINAL_MESSAGE_TAG ";

  private final List<Object> messages;
  private final String text;
  private final CompiledTemplate template;

  private FinalMessage(List<Object> messages, String text, CompiledTemplate template) {
    this.messages = messages;
    this.text = text;
    this.template = template;
  }

  /** Marks the field of the last message. */
  static FinalMessage of(
      List<? extends Map<String, ?>> messages, String field, CompiledTemplate template) {
    Map<String, ?> last = messages.isEmpty() ? Map.of() : messages.get(messages.size() - 1);
    Object content = last.get(field);
    if (content == null) {
      throw template.failure(
          "continue_final_message is set but the final message has no \""
              + field
              + "\" to continue!");
    }
    if (!template.source().contains(field)) {
      throw template.failure(
          "continue_final_message is set to \""
              + field
              + "\" but this is not an accepted field in the chat_template");
    }
    if (content instanceof Collection<?> parts) {
      return inParts(messages, field, parts, template);
    }
    String text = text(content, template);
    return new FinalMessage(marked(messages, field, text + MARK), text, template);
  }

  private static FinalMessage inParts(
      List<? extends Map<String, ?>> messages,
      String field,
      Collection<?> parts,
      CompiledTemplate template) {
    List<@Nullable Object> marked = new ArrayList<>(parts);
    for (int index = marked.size() - 1; index >= 0; index--) {
      if (marked.get(index) instanceof Map<?, ?> part && part.containsKey("text")) {
        String text = text(part.get("text"), template);
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>(part);
        copy.put("text", text + MARK);
        marked.set(index, copy);
        return new FinalMessage(marked(messages, field, marked), text, template);
      }
    }
    throw template.failure(
        "continue_final_message is set but we could not find any text to continue in the final"
            + " message!");
  }

  /** The messages with another content of the last one. */
  private static List<Object> marked(
      List<? extends Map<String, ?>> messages, String field, Object content) {
    List<Object> marked = new ArrayList<>(messages);
    Map<String, @Nullable Object> last = new LinkedHashMap<>(messages.get(messages.size() - 1));
    last.put(field, content);
    marked.set(marked.size() - 1, last);
    return marked;
  }

  private static String text(@Nullable Object value, CompiledTemplate template) {
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    throw template.failure("continue_final_message is set but what is to be continued is not text");
  }

  /** The messages with the mark in them. */
  List<Object> messages() {
    return messages;
  }

  /** Where the prompt ends that has the mark in it. */
  int end(String prompt) {
    int at = prompt.lastIndexOf(PythonStrings.strip(MARK));
    if (at < 0 || !PythonStrings.contains(prompt, PythonStrings.strip(text))) {
      throw template.failure(
          "continue_final_message is set but the final message does not appear in the chat after"
              + " applying the chat template!");
    }
    return prompt.startsWith(MARK, at)
        ? at
        : PythonStrings.stripEnd(prompt.substring(0, at)).length();
  }
}
