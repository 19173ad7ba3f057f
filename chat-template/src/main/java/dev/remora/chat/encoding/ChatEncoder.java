package dev.remora.chat.encoding;

import dev.remora.Prompt;

/** What the code of a model writes for a conversation. Thread-safe. */
public interface ChatEncoder {
  /**
   * The prompt of a conversation.
   *
   * @throws dev.remora.TemplateException if the model's code has no prompt for it
   * @throws dev.remora.LimitException if a limit is passed
   * @throws dev.remora.jinja.JinjaException if a limit of the language is passed
   */
  Prompt encode(ChatRequest request);
}
