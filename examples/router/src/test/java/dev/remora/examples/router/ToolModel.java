package dev.remora.examples.router;

import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.Tokenizers;
import dev.remora.server.GenerateScript;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * A worker with a model that thinks and calls tools, in Qwen's manner: a real tokenizer with its
 * marks, its template and its response template. What it replies is scripted by text.
 */
final class ToolModel implements AutoCloseable {
  static final int IM_START = 266;
  static final int IM_END = 267;

  private static final String MARKS =
      marks("<|im_start|>", "<|im_end|>", "<think>", "</think>", "<tool_call>", "</tool_call>");

  private static final String TEMPLATE =
      """
      {%- if tools -%}
      <|im_start|>system
      {% for tool in tools %}{{ tool | tojson }}
      {% endfor %}<|im_end|>
      {% endif -%}
      {%- for m in messages -%}
      <|im_start|>{{ m.role }}
      {{ m.content or '' }}
      {%- for call in m.tool_calls or [] %}<tool_call>
      {{ call.function | tojson }}
      </tool_call>{% endfor %}<|im_end|>
      {% endfor -%}
      {%- if add_generation_prompt %}<|im_start|>assistant
      {% endif -%}
      """;

  private static final String CONFIG =
      """
      {"eos_token": "<|im_end|>",
       "response_template": {
         "defaults": {"role": "assistant"},
         "start_anchor": "<|im_start|>assistant\\n",
         "fields": {
           "reasoning_content":
             {"open": "<think>", "close_pattern": "</think>\\\\s*", "content": "text"},
           "tool_calls":
             {"open": "<tool_call>", "close_pattern": "</tool_call>\\\\s*", "repeats": true,
              "content": "json", "transform": {"type": "function", "function": "{content}"}},
           "content": {"close_pattern": "<\\\\|im_end\\\\|>\\\\s*", "content": "text"}}}}
      """;

  private final Tokenizer tokenizer;
  private final TokenizerServer server;
  private final List<int[]> prompts = new CopyOnWriteArrayList<>();

  private ToolModel(Path folder, UnaryOperator<String> replies, Duration pause) throws IOException {
    Map<String, byte[]> files =
        Map.of(
            "tokenizer.json", tokenizerJson(),
            "tokenizer_config.json", CONFIG.getBytes(StandardCharsets.UTF_8),
            "chat_template.jinja", TEMPLATE.getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    tokenizer = Tokenizers.fromDirectory(folder);
    server =
        TokenizerServer.builder(TokenizerFiles.of(files))
            .generate(
                GenerateScript.of(prompt -> reply(prompt, replies))
                    .idsPerMessage(1)
                    .pause(pause)
                    .logprobs(id -> -id))
            .start();
  }

  private static String marks(String... spellings) {
    StringBuilder marks = new StringBuilder();
    for (int index = 0; index < spellings.length; index++) {
      marks
          .append(",\n{\"id\":")
          .append(IM_START + index)
          .append(",\"content\":\"")
          .append(spellings[index])
          .append("\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,")
          .append("\"normalized\":false,\"special\":")
          .append(index < 2)
          .append('}');
    }
    return marks.toString();
  }

  private static byte[] tokenizerJson() {
    String json = new String(TinyTokenizers.byteLevel(), StandardCharsets.UTF_8);
    int end = json.indexOf("],\n\"normalizer\"");
    String marked = json.substring(0, end) + MARKS + json.substring(end);
    return marked.getBytes(StandardCharsets.UTF_8);
  }

  /** Serves; a reply is the text that a function gives for the text of the prompt. */
  static ToolModel start(Path folder, UnaryOperator<String> replies, Duration pause)
      throws IOException {
    return new ToolModel(folder, replies, pause);
  }

  private int[] reply(int[] prompt, UnaryOperator<String> replies) {
    prompts.add(prompt);
    String reply = replies.apply(tokenizer.decode(prompt)) + "<|im_end|>";
    return tokenizer.encode(reply, EncodeOptions.NO_SPECIAL_TOKENS).ids();
  }

  /** The prompts that it was given. */
  List<int[]> prompts() {
    return prompts;
  }

  TokenizerServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
    tokenizer.close();
  }
}
