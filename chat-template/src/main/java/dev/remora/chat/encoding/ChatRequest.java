package dev.remora.chat.encoding;

import dev.remora.TemplateException;
import dev.remora.jinja.JinjaOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A conversation that is to be encoded. Immutable, as far as its values are. */
public final class ChatRequest {
  private final Problems problems;
  private final JinjaOptions language;
  private final RequestValue messages;
  private final RequestValue tools;
  private final RequestValue arguments;
  private final boolean addGenerationPrompt;

  /**
   * @param problems how failures are told
   * @param language the limits and the clock
   * @param messages the messages
   * @param tools the tools that may be called; null for none
   * @param arguments what else the caller says, by name
   * @param addGenerationPrompt whether the reply is to be begun
   */
  public ChatRequest(
      Problems problems,
      JinjaOptions language,
      List<?> messages,
      @Nullable List<?> tools,
      Map<String, ?> arguments,
      boolean addGenerationPrompt) {
    this.problems = problems;
    this.language = language;
    this.messages = new RequestValue(problems, language, "messages", messages);
    this.tools = new RequestValue(problems, language, "tools", tools);
    this.arguments = new RequestValue(problems, language, "", arguments);
    this.addGenerationPrompt = addGenerationPrompt;
  }

  /** The messages. */
  public List<RequestValue> messages() {
    return messages.items();
  }

  /** The tools that may be called; may be absent. */
  public RequestValue tools() {
    return tools;
  }

  /** A value that is not there. */
  public RequestValue nothing() {
    return tools.with(null);
  }

  /** What else the caller says, by name. */
  public RequestValue arguments() {
    return arguments;
  }

  /** What the caller says by a name; may be absent. */
  public RequestValue argument(String name) {
    return arguments.at(name);
  }

  /** Whether the caller says something by a name, if only null. */
  public boolean hasArgument(String name) {
    return arguments.has(name);
  }

  /** Whether the model is to think: {@code thinking}, else {@code enable_thinking}. */
  public boolean thinking(boolean byDefault) {
    return argument("thinking").flag(argument("enable_thinking").flag(byDefault));
  }

  /** Whether the reply is to be begun. */
  public boolean addGenerationPrompt() {
    return addGenerationPrompt;
  }

  /** The limits, and the clock. */
  public JinjaOptions language() {
    return language;
  }

  /** A failure that is not in a place of the request. */
  public TemplateException failure(String problem) {
    return new TemplateException(problems.encoding(), 0, problem, null);
  }
}
