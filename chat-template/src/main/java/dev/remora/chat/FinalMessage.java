package dev.remora.chat;

import dev.remora.TemplateException;
import java.util.ArrayList;
import java.util.List;

/**
 * A last message that the model is to go on with. A mark is put behind its text before rendering,
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
  @SuppressWarnings("unchecked") // messages are converted values: every list is one of objects
  static FinalMessage of(Object messages, String field, CompiledTemplate template) {
    List<Object> marked = new ArrayList<>((List<Object>) messages);
    Object content =
        !marked.isEmpty() && marked.get(marked.size() - 1) instanceof Dict last
            ? last.get(field)
            : null;
    if (content == null || content == None.NONE) {
      throw failure(
          template,
          "continue_final_message is set but the final message has no \"%s\" to continue!"
              .formatted(field));
    }
    if (!template.source().contains(field)) {
      throw failure(
          template,
          "continue_final_message is set to \"%s\" but this is not an accepted field in the"
                  .formatted(field)
              + " chat_template");
    }
    Dict last = copy((Dict) marked.get(marked.size() - 1));
    marked.set(marked.size() - 1, last);
    if (content instanceof List<?> parts) {
      return inParts(marked, last, field, (List<Object>) parts, template);
    }
    String text = text(content, template);
    last.put(field, text + MARK);
    return new FinalMessage(marked, text, template);
  }

  private static FinalMessage inParts(
      List<Object> messages,
      Dict last,
      String field,
      List<Object> parts,
      CompiledTemplate template) {
    for (int index = parts.size() - 1; index >= 0; index--) {
      if (parts.get(index) instanceof Dict part && part.contains("text")) {
        String text = text(part.require("text"), template);
        List<Object> marked = new ArrayList<>(parts);
        marked.set(index, copy(part).put("text", text + MARK));
        last.put(field, marked);
        return new FinalMessage(messages, text, template);
      }
    }
    throw failure(
        template,
        "continue_final_message is set but we could not find any text to continue in the final"
            + " message!");
  }

  private static Dict copy(Dict dict) {
    return new Dict().putAll(dict);
  }

  private static String text(Object value, CompiledTemplate template) {
    if (value instanceof String text) {
      return text;
    }
    throw failure(
        template, "unsupported operand type(s) for +: '" + Types.name(value) + "' and 'str'");
  }

  private static TemplateException failure(CompiledTemplate template, String problem) {
    return new TemplateException(template.name(), 0, problem, null);
  }

  /** The messages with the mark in them. */
  Object messages() {
    return messages;
  }

  /** The prompt up to the mark. */
  String cut(String prompt) {
    String mark = StringMethods.strip(MARK, None.NONE, "strip");
    String stripped = StringMethods.strip(text, None.NONE, "strip");
    int at = prompt.lastIndexOf(mark);
    if (at < 0 || !Substring.contains(prompt, stripped)) {
      throw failure(
          template,
          "continue_final_message is set but the final message does not appear in the chat after"
              + " applying the chat template!");
    }
    String kept = prompt.substring(0, at);
    return prompt.startsWith(MARK, at) ? kept : kept.substring(0, Chars.spaceStart(kept));
  }
}
