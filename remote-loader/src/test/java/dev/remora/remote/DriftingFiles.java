package dev.remora.remote;

import dev.remora.forms.TinyTokenizers;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import dev.remora.server.TokenizerServerBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The files of workers that should have one tokenizer, and those that differ in one thing. */
enum DriftingFiles {
  /** What all should have. */
  PLAIN("", "", "", ""),
  /** Another second line of the chat template. */
  OTHER_TEMPLATE("", "", "user", "human"),
  /** Two merges have changed places. */
  OTHER_MERGE("\"h e\",\"l l\"", "\"l l\",\"h e\"", "", "");

  private static final String TEMPLATE = "{{ bos_token }}\\nuser: {{ messages[0].content }}\\n";

  private final String json;
  private final String otherJson;
  private final String template;
  private final String otherTemplate;

  DriftingFiles(String json, String otherJson, String template, String otherTemplate) {
    this.json = json;
    this.otherJson = otherJson;
    this.template = template;
    this.otherTemplate = otherTemplate;
  }

  TokenizerFiles files() {
    String tokenizer = new String(TinyTokenizers.byteLevel(), StandardCharsets.UTF_8);
    String config =
        "{\"bos_token\": \"<s>\", \"chat_template\": \""
            + TEMPLATE.replace(template, otherTemplate)
            + "\"}";
    return TokenizerFiles.of(
        Map.of(
            "tokenizer.json",
            Archives.utf8(tokenizer.replace(json, otherJson)),
            "tokenizer_config.json",
            Archives.utf8(config)));
  }

  TokenizerServerBuilder server() {
    return TokenizerServer.builder(files());
  }

  TestWorker worker() {
    return TestWorker.serving(server());
  }

  /** A worker at a port, on which another one was before. */
  TokenizerServer at(int port) throws IOException {
    return server().port(port).start();
  }
}
