package dev.remora.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.TokenCountEstimator;
import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import dev.remora.chat.ChatTemplate;
import dev.remora.chat.RenderOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Counts tokens as the worker does: no estimate, but the ids of its own tokenizer and, for
 * messages, of the prompt that its own chat template makes of them.
 *
 * <p>Messages become what an OpenAI-compatible client sends: text, calls of tools and their
 * results. Those that hold something else, such as an image, are refused with {@link
 * dev.langchain4j.exception.UnsupportedFeatureException}, as a tokenizer cannot count it.
 *
 * <p>Immutable and thread-safe. The tokenizer stays the caller's, and must stay open.
 */
public final class ChatTokenCountEstimator implements TokenCountEstimator {
  private static final UserMessage BEFORE = UserMessage.from("a");
  private static final AiMessage ANSWER = AiMessage.from("a");

  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final OpenAiMessages messages;
  private final RenderOptions options;

  private ChatTokenCountEstimator(
      Tokenizer tokenizer, ChatTemplate template, RenderOptions options) {
    this.tokenizer = tokenizer;
    this.template = template;
    this.messages = new OpenAiMessages(template.contentFormat(null));
    this.options = options;
  }

  /** Counts by a tokenizer, and by the chat template of its bundle. */
  public static ChatTokenCountEstimator of(Tokenizer tokenizer) {
    return of(tokenizer, ChatTemplate.of(tokenizer.bundle()));
  }

  /** Counts by a tokenizer and a chat template. */
  public static ChatTokenCountEstimator of(Tokenizer tokenizer, ChatTemplate template) {
    return new ChatTokenCountEstimator(tokenizer, template, RenderOptions.DEFAULT);
  }

  /** The same with tools, which count in every conversation; default none. */
  public ChatTokenCountEstimator withTools(List<ToolSpecification> tools) {
    List<Map<String, Object>> schemas = tools.stream().map(OpenAiMessages::tool).toList();
    return new ChatTokenCountEstimator(
        tokenizer, template, options.toBuilder().tools(schemas.isEmpty() ? null : schemas).build());
  }

  /**
   * The same with options of rendering, such as a keyword argument {@code enable_thinking}; those
   * tools count that they have.
   */
  public ChatTokenCountEstimator withOptions(RenderOptions options) {
    return new ChatTokenCountEstimator(
        tokenizer, template, options.toBuilder().addGenerationPrompt(false).build());
  }

  /** The tokens of a text alone, without special tokens around it. */
  @Override
  public int estimateTokenCountInText(String text) {
    return tokenizer.count(text, EncodeOptions.NO_SPECIAL_TOKENS);
  }

  /**
   * The tokens of the prompt: the messages, the tools, and what begins the answer.
   *
   * @throws dev.remora.TokenizerException if the template refuses the messages
   */
  @Override
  public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
    return count(messages, options.toBuilder().addGenerationPrompt(true).build());
  }

  /**
   * What a message adds to a conversation in which it has a place: a user's after an answer, an
   * answer after a question, a result after the call of its tool, a system's before all. At least
   * 0, which a system message may have where the template has a default one.
   *
   * @throws dev.remora.TokenizerException if the template refuses the message
   */
  @Override
  public int estimateTokenCountInMessage(ChatMessage message) {
    RenderOptions alone = options.toBuilder().tools(null).build();
    List<ChatMessage> without = new ArrayList<>(List.of(BEFORE));
    List<ChatMessage> with = new ArrayList<>(without);
    switch (message.type()) {
      case SYSTEM -> with.add(0, message);
      case AI -> with.add(message);
      case TOOL_EXECUTION_RESULT -> {
        without.add(OpenAiMessages.callOf((ToolExecutionResultMessage) message));
        with = new ArrayList<>(without);
        with.add(message);
      }
      default -> {
        without.add(ANSWER);
        with = new ArrayList<>(without);
        with.add(message);
      }
    }
    return Math.max(0, count(with, alone) - count(without, alone));
  }

  private int count(Iterable<ChatMessage> conversation, RenderOptions rendered) {
    return template.count(tokenizer, messages.of(conversation), rendered);
  }

  @Override
  public String toString() {
    return "ChatTokenCountEstimator[" + tokenizer + "]";
  }
}
