package dev.remora.examples.router;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the router takes from the body of {@code POST /v1/chat/completions}.
 *
 * @param model the model's name
 * @param messages the conversation as OpenAI's clients write it
 * @param tools the schemas of the tools that the model may call; none under {@code tool_choice:
 *     none}
 * @param stops the stop strings
 * @param temperature the temperature
 * @param topP the nucleus
 * @param frequencyPenalty what a token loses for each time it has been generated
 * @param presencePenalty what a token loses once it has been generated
 * @param maxTokens the most tokens to generate, if there is a bound
 * @param topLogprobs how many alternatives are told of each token; empty if no log probabilities
 * @param stream whether to answer with server-sent events
 * @param includeUsage whether the last event tells the usage
 * @param templateArguments names that the template sees, such as {@code enable_thinking}
 */
record ChatRequest(
    String model,
    List<Map<String, Object>> messages,
    List<?> tools,
    List<String> stops,
    double temperature,
    double topP,
    double frequencyPenalty,
    double presencePenalty,
    OptionalInt maxTokens,
    OptionalInt topLogprobs,
    boolean stream,
    boolean includeUsage,
    Map<String, Object> templateArguments) {
  /**
   * Reads a body.
   *
   * @throws ApiException if a member is of another kind, or asks for what is not built here
   */
  static ChatRequest of(JsonBody body) {
    if (body.number("n", 1).intValue() != 1) {
      throw ApiException.unsupported("n", "one choice is given");
    }
    return new ChatRequest(
        body.text("model", ""),
        body.objects("messages"),
        tools(body),
        body.texts("stop"),
        body.number("temperature", 1).doubleValue(),
        body.number("top_p", 1).doubleValue(),
        body.number("frequency_penalty", 0).doubleValue(),
        body.number("presence_penalty", 0).doubleValue(),
        body.integer(body.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens"),
        body.flag("logprobs")
            ? OptionalInt.of(body.integer("top_logprobs").orElse(0))
            : OptionalInt.empty(),
        body.flag("stream"),
        body.object("stream_options").flag("include_usage"),
        templateArguments(body));
  }

  private static List<?> tools(JsonBody body) {
    List<Map<String, Object>> tools = body.has("tools") ? body.objects("tools") : List.of();
    return switch (body.text("tool_choice", "auto")) {
      case "auto" -> tools;
      case "none" -> List.of();
      default -> throw ApiException.unsupported("tool_choice", "'tool_choice' is 'auto' or 'none'");
    };
  }

  private static Map<String, Object> templateArguments(JsonBody body) {
    Map<String, Object> arguments = body.object("chat_template_kwargs").members();
    if (body.has("reasoning_effort")) {
      arguments.put("reasoning_effort", body.text("reasoning_effort", ""));
    }
    return arguments;
  }
}
