package dev.remora.chat;

import dev.remora.LimitException;
import dev.remora.Prompt;
import dev.remora.Rule;
import dev.remora.TemplateException;
import dev.remora.chat.encoding.ChatEncoder;
import dev.remora.chat.encoding.ChatRequest;
import dev.remora.chat.encoding.Problems;
import dev.remora.chat.encoding.kimi.ToolDeclarations;
import dev.remora.jinja.JinjaException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes conversations in an encoding. Thread-safe. */
final class EncodedChat {
  private final ChatEncoding encoding;
  private final ChatEncoder encoder;

  EncodedChat(ChatEncoding encoding) {
    this.encoding = encoding;
    this.encoder = encoding.encoder();
  }

  ChatEncoding encoding() {
    return encoding;
  }

  /**
   * The prompt.
   *
   * @throws TemplateException if the encoding has none for these messages
   * @throws LimitException if a limit of the options is passed
   * @throws IllegalArgumentException if a value is none that JSON knows
   */
  Prompt prompt(List<? extends Map<String, ?>> messages, RenderOptions options) {
    String name = options.templateName().orElse(encoding.code());
    if (!name.equals(encoding.code())) {
      throw new TemplateException(name, 0, "the model has an encoding of its own only", null);
    }
    Prompt prompt = whole(messages, options);
    long characters = options.language().maxCharacters();
    if (prompt.text().length() > characters) {
      throw new LimitException(Rule.T2, "characters", characters, prompt.text().length());
    }
    return options
        .continuedField()
        .map(field -> upTo("messages[" + (messages.size() - 1) + "]." + field, prompt))
        .orElse(prompt);
  }

  private Prompt whole(List<? extends Map<String, ?>> messages, RenderOptions options) {
    try {
      return encoder.encode(request(encoding.code(), messages, options));
    } catch (JinjaException e) {
      throw CompiledTemplate.failure(encoding.code(), e);
    }
  }

  /** The tools as the template of Kimi K2.5 wants them; null where it has to write them itself. */
  static @Nullable String kimiTools(RenderOptions options) {
    return ToolDeclarations.of(request(ChatTemplate.DEFAULT, List.of(), options));
  }

  /** What the rooms of the encodings read of a request. */
  private static ChatRequest request(String name, List<?> messages, RenderOptions options) {
    return new ChatRequest(
        new Problems(name, options.requestTextInErrors()),
        options.language(),
        messages,
        options.tools().orElse(null),
        options.keywordArguments(),
        options.addGenerationPrompt());
  }

  /** The prompt up to the end of what is to be continued. */
  private Prompt upTo(String path, Prompt prompt) {
    for (int index = prompt.spans().size() - 1; index >= 0; index--) {
      if (prompt.spans().get(index).origin() instanceof Prompt.Request request
          && (request.path().equals(path) || request.path().startsWith(path + "["))) {
        int end = prompt.spans().get(index).end();
        return new Prompt(
            prompt.text().substring(0, end),
            prompt.spans().subList(0, index + 1),
            prompt.seams().stream().filter(seam -> seam < end).toList());
      }
    }
    throw new TemplateException(
        encoding.code(), 0, "the text to be continued does not appear in the prompt", null);
  }
}
