package dev.remora.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Files to serve: what they hold means nothing to a server. */
final class Samples {
  private Samples() {}

  /** Three files, of which one does not compress. */
  static Map<String, byte[]> contents() {
    byte[] noise = new byte[300_000];
    new Random(7).nextBytes(noise);
    Map<String, byte[]> contents = new TreeMap<>();
    contents.put("added_tokens.json", "{}".getBytes(UTF_8));
    contents.put("tokenizer.model", noise);
    contents.put("tokenizer_config.json", "{\"eos_token\": \"</s>\"}".getBytes(UTF_8));
    return contents;
  }

  static TokenizerFiles files() {
    return TokenizerFiles.of(contents());
  }
}
