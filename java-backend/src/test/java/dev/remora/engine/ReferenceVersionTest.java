package dev.remora.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EngineException;
import dev.remora.ReferenceVersion;
import dev.remora.Tokenizer;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineChoice;
import dev.remora.core.engine.Engines;
import dev.remora.forms.BundleForms;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From 0.23 on, tokenizers decodes an added token that is normalized as its text once the
 * normalizer has seen it, and looks for that form among the special tokens that are to be skipped.
 */
class ReferenceVersionTest {
  private static final String LLAMAS_DECODER =
      """
      {"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},
      {"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]}
      """;

  /** Llama's normalizer and byte pieces, "a" and two normalized added tokens, one special. */
  private static String json(String decoder) {
    StringJoiner vocabulary = new StringJoiner(",");
    for (int value = 0; value < 256; value++) {
      vocabulary.add("\"<0x%02X>\":%d".formatted(value, value));
    }
    return """
        {"added_tokens":[
        {"id":258,"content":"<tool call>","normalized":true,"special":false},
        {"id":259,"content":"<e d>","normalized":true,"special":true}],
        "normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},
        {"type":"Replace","pattern":{"String":" "},"content":"▁"}]},
        "pre_tokenizer":null,"post_processor":null,"decoder":%s,
        "model":{"type":"BPE","unk_token":null,"fuse_unk":true,"byte_fallback":true,
        "vocab":{%s,"a":256,"▁":257},"merges":[]}}
        """
        .formatted(decoder, vocabulary);
  }

  private static Tokenizer open(String json, String engine, ReferenceVersion version) {
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .add("tokenizer.json", json.getBytes(StandardCharsets.UTF_8))
            .build();
    TokenizerDefinition definition = BundleForms.define(bundle);
    return Engines.open(
        definition,
        BundleForms.describe(bundle, definition),
        new EngineChoice(Optional.of(engine), false, version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "djl"})
  void normalizedToken_decodesAsTheVersionDoes(String engine) {
    int[] ids = {256, 258, 256, 259};
    try (Tokenizer old = open(json(LLAMAS_DECODER), engine, ReferenceVersion.V0_21)) {
      assertEquals("a<tool call>a<e d>", old.decode(ids, DecodeOptions.DEFAULT));
      assertEquals(ReferenceVersion.V0_21, old.engine().reference());
    }
    try (Tokenizer tokenizer = open(json(LLAMAS_DECODER), engine, ReferenceVersion.V0_23)) {
      assertEquals("a <tool call>a <e d>", tokenizer.decode(ids, DecodeOptions.DEFAULT));
      assertEquals(ReferenceVersion.V0_23, tokenizer.engine().reference());
      DecodeStream stream = tokenizer.decodeStream(DecodeOptions.DEFAULT);
      StringBuilder text = new StringBuilder();
      for (int id : ids) {
        text.append(stream.push(id));
      }
      assertEquals("a <tool call>a <e d>", text.append(stream.finish()).toString());
    }
  }

  @Test
  void specialToken_whoseFormIsNot_isNotSkipped() {
    DecodeOptions skipping = DecodeOptions.SKIP_SPECIAL_TOKENS;
    int[] ids = {256, 259};
    try (Tokenizer old = open(json(LLAMAS_DECODER), "java", ReferenceVersion.V0_21);
        Tokenizer tokenizer = open(json(LLAMAS_DECODER), "java", ReferenceVersion.V0_23)) {
      assertEquals("a", old.decode(ids, skipping));
      assertEquals("a <e d>", tokenizer.decode(ids, skipping));
    }
  }

  /** The djl engine decodes by itself then, as 0.21.4 does. */
  @Test
  void decoderThatNeedsAllTokens_isDeclined() {
    String ctc =
        "{\"type\":\"CTC\",\"pad_token\":\"a\",\"word_delimiter_token\":\"|\",\"cleanup\":true}";
    EngineException declined =
        assertThrows(EngineException.class, () -> open(json(ctc), "djl", ReferenceVersion.V0_23));
    assertTrue(declined.getMessage().contains("0.21"), declined.getMessage());
    open(json(ctc), "djl", ReferenceVersion.V0_21).close();
  }
}
