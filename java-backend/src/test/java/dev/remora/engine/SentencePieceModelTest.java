package dev.remora.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.Tokenizer;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.core.engine.EngineChoice;
import dev.remora.core.engine.Engines;
import dev.remora.djl.DjlEngine;
import dev.remora.forms.BundleForms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models that spm_train of SentencePiece 0.1.97 made of this project's pages, and what spm_encode
 * makes of texts with them: by their own spec, since no config names a class.
 */
class SentencePieceModelTest {
  private static final String FOLDER = "/sentencepiece/";

  private static byte[] read(String name) throws IOException {
    try (InputStream resource = SentencePieceModelTest.class.getResourceAsStream(FOLDER + name)) {
      return resource.readAllBytes();
    }
  }

  private static TokenizerBundle bundle(String name) throws IOException {
    return TokenizerBundle.builder(Fingerprint.local())
        .add("tokenizer.model", read(name + ".model"))
        .build();
  }

  private static Tokenizer open(String name) throws IOException {
    TokenizerBundle bundle = bundle(name);
    TokenizerDefinition definition = BundleForms.define(bundle);
    return Engines.open(
        definition, BundleForms.describe(bundle, definition), EngineChoice.named("java"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unigram-spaces-removed", "unigram-mark-behind", "bpe-spaces-removed"})
  void modelOfNoClass_givesTheIdsOfTheOriginalLibrary(String name) throws IOException {
    Gson gson = new Gson();
    JsonObject golden =
        gson.fromJson(new String(read("ids.json"), StandardCharsets.UTF_8), JsonObject.class);
    List<String> texts = List.of(gson.fromJson(golden.get("texts"), String[].class));
    int[][] ids = gson.fromJson(golden.get(name), int[][].class);
    try (Tokenizer tokenizer = open(name)) {
      for (int index = 0; index < ids.length; index++) {
        String text = texts.get(index);
        assertArrayEquals(
            ids[index], tokenizer.encode(text, EncodeOptions.NO_SPECIAL_TOKENS).ids(), text);
      }
    }
  }

  @Test
  void offsets_nameTheCharactersThatATokenComesFrom() throws IOException {
    try (Tokenizer tokenizer = open("unigram-spaces-removed")) {
      String text = "  wait\u2026  x";
      Encoding encoding = tokenizer.encode(text, EncodeOptions.NO_SPECIAL_TOKENS);
      assertEquals(2, encoding.start(0));
      assertEquals(text.length(), encoding.end(encoding.size() - 1));
    }
  }

  @Test
  void djl_declinesWhatTokenizersDoesNotHave() throws IOException {
    TokenizerDefinition definition = BundleForms.define(bundle("unigram-mark-behind"));
    DjlEngine djl = new DjlEngine();
    assertInstanceOf(EngineAnswer.Declined.class, djl.consider(definition));
    assertInstanceOf(EngineAnswer.Declined.class, djl.considerTrusted(definition));
  }
}
