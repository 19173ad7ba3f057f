package dev.remora.examples.router;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of answers, as OpenAI's clients expect it. */
final class Answers {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private Answers() {}

  static String chunk(ChatRequest request, String text, @Nullable String finishReason) {
    Map<String, Object> delta = text.isEmpty() ? Map.of() : Map.of("content", text);
    return answer("chat.completion.chunk", request, "delta", delta, finishReason, null);
  }

  static String whole(ChatRequest request, String text, Completions.Outcome outcome) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    message.put("content", text);
    Map<String, Object> usage = new LinkedHashMap<>();
    usage.put("prompt_tokens", outcome.promptTokens());
    usage.put("completion_tokens", outcome.completionTokens());
    usage.put("total_tokens", outcome.promptTokens() + outcome.completionTokens());
    return answer("chat.completion", request, "message", message, outcome.finishReason(), usage);
  }

  private static String answer(
      String object,
      ChatRequest request,
      String part,
      Map<String, Object> content,
      @Nullable String finishReason,
      @Nullable Map<String, Object> usage) {
    Map<String, @Nullable Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put(part, content);
    choice.put("finish_reason", finishReason);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("object", object);
    answer.put("model", request.model());
    answer.put("choices", List.of(choice));
    if (usage != null) {
      answer.put("usage", usage);
    }
    return GSON.toJson(answer);
  }

  static String error(String type, @Nullable String message) {
    return GSON.toJson(Map.of("error", Map.of("type", type, "message", String.valueOf(message))));
  }
}
