package dev.remora.examples.router;

import com.sun.net.httpserver.HttpExchange;
import dev.remora.DecodeOptions;
import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import dev.remora.chat.RenderOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Text to ids and back, as vLLM's server has it. */
final class TokenEndpoints {
  private TokenEndpoints() {}

  /** {@code POST /tokenize}: a prompt, or messages, to ids. */
  static final class Tokenize extends Endpoint {
    private final Models models;

    Tokenize(Models models) {
      super("POST");
      this.models = models;
    }

    @Override
    void serve(HttpExchange exchange) throws IOException {
      JsonBody body = body(exchange);
      Model model = models.get(body.text("model", ""));
      int[] ids = requested(() -> ids(model, body));
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("count", ids.length);
      answer.put("tokens", ids);
      answer(exchange, 200, Answers.json(answer));
    }

    private static int[] ids(Model model, JsonBody body) {
      try (Tokenizer tokenizer = model.tokenizer()) {
        if (body.has("messages")) {
          RenderOptions.Builder options =
              RenderOptions.builder().addGenerationPrompt(body.flag("add_generation_prompt", true));
          if (body.has("tools")) {
            options.tools(body.objects("tools"));
          }
          Templates templates = model.templates(tokenizer);
          List<Map<String, Object>> messages =
              Conversation.of(body.objects("messages"), templates.format());
          return templates.chat().encode(tokenizer, messages, options.build()).ids();
        }
        EncodeOptions options =
            body.flag("add_special_tokens", true)
                ? EncodeOptions.DEFAULT
                : EncodeOptions.NO_SPECIAL_TOKENS;
        return tokenizer.encode(body.text("prompt", ""), options).ids();
      }
    }
  }

  /** {@code POST /detokenize}: ids to text, special tokens included. */
  static final class Detokenize extends Endpoint {
    private final Models models;

    Detokenize(Models models) {
      super("POST");
      this.models = models;
    }

    @Override
    void serve(HttpExchange exchange) throws IOException {
      JsonBody body = body(exchange);
      Model model = models.get(body.text("model", ""));
      int[] ids = body.integers("tokens");
      String text =
          requested(
              () -> {
                try (Tokenizer tokenizer = model.tokenizer()) {
                  return tokenizer.decode(ids, DecodeOptions.DEFAULT);
                }
              });
      answer(exchange, 200, Answers.json(Map.of("prompt", text)));
    }
  }
}
