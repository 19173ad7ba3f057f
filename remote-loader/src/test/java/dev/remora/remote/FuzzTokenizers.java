package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineChoice;
import dev.remora.core.engine.Engines;
import dev.remora.forms.BundleForms;
import java.util.List;
import java.util.Random;

/** Builds a tokenizer of a bundle and asks it for everything that it can do. */
final class FuzzTokenizers {
  private static final List<String> SNIPPETS =
      List.of(
          "Hello, world!",
          " ",
          "a",
          "ab",
          "aab",
          "<s>",
          "</s>",
          "##b",
          "▁",
          "é",
          "e\u0301",
          "🦈",
          "\u0000",
          "\ud83e",
          "\n\n",
          "1234",
          "don't",
          "漢字",
          "\u017f",
          "\u0085",
          "<0x61>",
          "[UNK]",
          "l".repeat(300),
          "a".repeat(3000),
          "aab".repeat(700),
          " ".repeat(2500),
          " \n".repeat(800),
          "Aa1 ".repeat(500),
          "<|end|>",
          " <x>",
          "a b ".repeat(100),
          "\u0301".repeat(20),
          "\u200d",
          "\ufffd",
          "\ufeff");

  private FuzzTokenizers() {}

  static void use(TokenizerBundle bundle, String engine, Random random) {
    TokenizerDefinition definition = BundleForms.define(bundle);
    BundleInfo info = BundleForms.describe(bundle, definition);
    try (Tokenizer tokenizer = Engines.open(definition, info, EngineChoice.named(engine))) {
      for (int round = 0; round < 3; round++) {
        encode(tokenizer, text(tokenizer, random), EncodeOptions.DEFAULT);
        encode(tokenizer, text(tokenizer, random), EncodeOptions.NO_SPECIAL_TOKENS);
      }
      decode(tokenizer, random);
    }
  }

  private static String text(Tokenizer tokenizer, Random random) {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(5); count > 0; count--) {
      text.append(SNIPPETS.get(random.nextInt(SNIPPETS.size())));
      tokenizer.tokenOf(random.nextInt(300)).ifPresent(text::append);
    }
    return text.toString();
  }

  private static void encode(Tokenizer tokenizer, String text, EncodeOptions options) {
    Encoding encoding = tokenizer.encode(text, options);
    assertEquals(encoding.size(), encoding.tokens().size());
    for (int token = 0; token < encoding.size(); token++) {
      assertTrue(encoding.start(token) >= 0 && encoding.end(token) <= text.length());
    }
    assertEquals(encoding.size(), tokenizer.count(text, options));
    tokenizer.decode(encoding.ids(), DecodeOptions.SKIP_SPECIAL_TOKENS);
  }

  private static void decode(Tokenizer tokenizer, Random random) {
    int[] ids =
        random
            .ints(random.nextInt(40), 0, 320)
            .filter(id -> tokenizer.tokenOf(id).isPresent())
            .toArray();
    boolean skips = random.nextBoolean();
    DecodeOptions options = DecodeOptions.builder().skipSpecialTokens(skips).build();
    String text = tokenizer.decode(ids, options);
    DecodeStream stream = tokenizer.decodeStream(options); // or EngineException: none for these
    StringBuilder streamed = new StringBuilder();
    for (int id : ids) {
      streamed.append(stream.push(id));
    }
    streamed.append(stream.finish());
    assertEquals(text, streamed.toString());
  }
}
