package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.guard.BuildGuard;
import dev.remora.forms.BundleForms;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A tokenizer.json cannot say that special tokens are split like other text. */
final class SplitSpecialTokensTest {
  private static TokenizerDefinition definition(boolean special, String decoder) {
    String json =
        """
        {"added_tokens": [{"id": 5, "content": "<s>", "special": %s, "normalized": false}],
         "decoder": %s, "model": {"type": "BPE",
         "vocab": {"a": 0, "<": 1, "s": 2, ">": 3}, "merges": []}}"""
            .formatted(special, decoder);
    return BundleForms.define(
        TokenizerBundle.builder(Fingerprint.local())
            .add("tokenizer.json", json.getBytes(StandardCharsets.UTF_8))
            .add(
                "tokenizer_config.json",
                "{\"split_special_tokens\":true}".getBytes(StandardCharsets.UTF_8))
            .build());
  }

  @Test
  void specialToken_inAText_isSplit() {
    try (EngineSession session = DjlEngine.open(definition(true, "null"), BuildGuard.NONE)) {
      assertArrayEquals(new int[] {0, 1, 2, 3}, session.encode("a<s>", false));
    }
  }

  @Test
  void definition_thatWouldLoseItsOtherTokens_isDeclined() {
    assertEquals(
        new EngineAnswer.Declined("split_special_tokens beside added tokens that are not special"),
        new DjlEngine().consider(definition(false, "null")));
    String ctc = "{\"type\":\"CTC\",\"pad_token\":\"a\",\"word_delimiter_token\":\"|\"}";
    assertEquals(
        new EngineAnswer.Declined(
            "split_special_tokens beside a decoder that only this engine runs"),
        new DjlEngine().consider(definition(true, ctc)));
  }
}
