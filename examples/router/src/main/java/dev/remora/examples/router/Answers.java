package dev.remora.examples.router;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.remora.chat.response.ToolCall;
import dev.remora.sglang.TokenLogprob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON of one answer, as OpenAI's clients expect it. Of one thread. */
final class Answers {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private final ChatRequest request;
  private final String id;
  private final Completion completion;
  private final long created = System.currentTimeMillis() / 1000;
  private int calls;

  Answers(ChatRequest request, String requestId, Completion completion) {
    this.request = request;
    this.id = "chatcmpl-" + requestId;
    this.completion = completion;
  }

  static String json(Object value) {
    return GSON.toJson(value);
  }

  static String error(ApiException e) {
    Map<String, Object> error = map("message", String.valueOf(e.getMessage()));
    error.put("type", e.type());
    error.put("param", e.param());
    error.put("code", e.code());
    return json(map("error", error));
  }

  private static Map<String, @Nullable Object> map(String name, @Nullable Object value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(name, value);
    return map;
  }

  /** The first chunk: who speaks. */
  String begin() {
    Map<String, @Nullable Object> delta = map("role", "assistant");
    delta.put("content", "");
    return chunk(delta, null, null);
  }

  String chunk(Delta delta) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (!delta.reasoning().isEmpty()) {
      members.put("reasoning_content", delta.reasoning());
    }
    if (!delta.content().isEmpty()) {
      members.put("content", delta.content());
    }
    if (!delta.calls().isEmpty()) {
      members.put("tool_calls", calls(delta.calls(), true));
    }
    return chunk(members, logprobs(delta), null);
  }

  /** The last chunk but for usage: why the answer ended. */
  String end(Completion.Outcome outcome) {
    return chunk(Map.of(), null, outcome.finishReason());
  }

  boolean tellsUsage() {
    return request.includeUsage();
  }

  String usage(Completion.Outcome outcome) {
    Map<String, @Nullable Object> answer = answer("chat.completion.chunk", List.of());
    answer.put("usage", counts(outcome));
    return json(answer);
  }

  private String chunk(
      Map<String, @Nullable Object> delta,
      @Nullable Object logprobs,
      @Nullable String finishReason) {
    return json(answer("chat.completion.chunk", choice("delta", delta, logprobs, finishReason)));
  }

  String whole(Delta delta, Completion.Outcome outcome) {
    Map<String, @Nullable Object> message = map("role", "assistant");
    boolean onlyCalls = delta.content().isEmpty() && !delta.calls().isEmpty();
    message.put("content", onlyCalls ? null : delta.content());
    message.put("refusal", null);
    if (!delta.reasoning().isEmpty()) {
      message.put("reasoning_content", delta.reasoning());
    }
    if (!delta.calls().isEmpty()) {
      message.put("tool_calls", calls(delta.calls(), false));
    }
    Map<String, @Nullable Object> answer =
        answer(
            "chat.completion", choice("message", message, logprobs(delta), outcome.finishReason()));
    answer.put("usage", counts(outcome));
    return json(answer);
  }

  private Map<String, @Nullable Object> answer(String object, List<?> choices) {
    Map<String, @Nullable Object> answer = map("id", id);
    answer.put("object", object);
    answer.put("created", created);
    answer.put("model", request.model());
    answer.put("choices", choices);
    return answer;
  }

  private static List<?> choice(
      String part,
      Map<String, @Nullable Object> content,
      @Nullable Object logprobs,
      @Nullable String finishReason) {
    Map<String, @Nullable Object> choice = map("index", 0);
    choice.put(part, content);
    choice.put("logprobs", logprobs);
    choice.put("finish_reason", finishReason);
    return List.of(choice);
  }

  private static Map<String, @Nullable Object> counts(Completion.Outcome outcome) {
    Map<String, @Nullable Object> usage = map("prompt_tokens", outcome.promptTokens());
    usage.put("completion_tokens", outcome.completionTokens());
    usage.put("total_tokens", outcome.promptTokens() + outcome.completionTokens());
    usage.put("prompt_tokens_details", map("cached_tokens", outcome.cachedTokens()));
    return usage;
  }

  private List<?> calls(List<ToolCall> found, boolean indexed) {
    List<Map<String, @Nullable Object>> answered = new ArrayList<>();
    for (ToolCall call : found) {
      Map<String, @Nullable Object> function = map("name", call.name());
      function.put("arguments", json(call.arguments()));
      Map<String, @Nullable Object> item = new LinkedHashMap<>();
      if (indexed) {
        item.put("index", calls++);
      }
      item.put("id", call.id().orElseGet(() -> "call_" + UUID.randomUUID()));
      item.put("type", "function");
      item.put("function", function);
      answered.add(item);
    }
    return answered;
  }

  private @Nullable Object logprobs(Delta delta) {
    if (delta.logprobs().isEmpty()) {
      return null;
    }
    Map<String, @Nullable Object> logprobs =
        map("content", delta.logprobs().stream().map(this::logprob).toList());
    logprobs.put("refusal", null);
    return logprobs;
  }

  private Map<String, @Nullable Object> logprob(TokenLogprob token) {
    Map<String, @Nullable Object> told = alternative(token);
    told.put("top_logprobs", token.top().stream().map(this::alternative).toList());
    return told;
  }

  private Map<String, @Nullable Object> alternative(TokenLogprob token) {
    String text = completion.tokenText(token.id());
    Map<String, @Nullable Object> told = map("token", text);
    told.put("logprob", token.logprob());
    told.put("bytes", text.indexOf('\uFFFD') < 0 ? bytes(text) : null); // part of a character
    return told;
  }

  private static List<Integer> bytes(String text) {
    List<Integer> bytes = new ArrayList<>();
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      bytes.add(value & 0xFF);
    }
    return bytes;
  }
}
