package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.forms.BundleForms;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tokens that are too long for the native library are declined. */
final class LengthHazardsTest {
  private static String unigram(int length) {
    return """
    {"added_tokens": [], "normalizer": null, "pre_tokenizer": null, "post_processor": null,
     "decoder": null, "model": {"type": "Unigram", "unk_id": 0, "vocab": [["a", 0], ["%s", -1]]}}"""
        .formatted("b".repeat(length));
  }

  private static String added(int length, String dropout) {
    return """
    {"added_tokens": [{"id": 1, "content": "%s", "single_word": false, "lstrip": false,
      "rstrip": false, "normalized": false, "special": false}], "normalizer": null,
     "pre_tokenizer": null, "post_processor": null, "decoder": null,
     "model": {"type": "BPE", "dropout": %s, "vocab": {"a": 0}, "merges": []}}"""
        .formatted("b".repeat(length), dropout);
  }

  private static Optional<String> decline(String json) {
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .add("tokenizer.json", json.getBytes(StandardCharsets.UTF_8))
            .build();
    return Hazards.of(BundleForms.define(bundle));
  }

  @Test
  void hazards_longPiece_isGiven() {
    assertEquals(Optional.empty(), decline(unigram(1024)));
    assertEquals(Optional.of("a piece has 1,025 bytes"), decline(unigram(1025)));
  }

  @Test
  void nativeLibrary_longPiece_endsTheProcess() throws Exception {
    ChildJvm jvm = new ChildJvm().option("-DOPT_OUT_TRACKING=true");
    assertNotEquals(0, jvm.run(HazardsTest.Raw.class, unigram(60_000)).exitCode());
  }

  @Test
  void nativeLibrary_longestPieceThatIsTaken_isFreed() throws Exception {
    ChildJvm jvm = new ChildJvm().option("-DOPT_OUT_TRACKING=true").option("-Xss512k");
    assertEquals(0, jvm.run(HazardsTest.Raw.class, unigram(1024)).exitCode());
  }

  @Test
  void hazards_longAddedTokens_isGiven() {
    assertEquals(Optional.empty(), decline(added(11_000, "null")));
    assertTrue(decline(added(12_000, "null")).isPresent());
  }

  @Test
  void hazards_replacementsThatMultiply_areDeclined() {
    assertEquals(Optional.empty(), decline(replacing("\"String\": \"aa\"", 128)));
    assertTrue(decline(replacing("\"String\": \"aa\"", 129)).isPresent());
    assertTrue(decline(replacing("\"Regex\": \"aa\"", 65)).isPresent());
  }

  private static String replacing(String pattern, int length) {
    String normalizer = "{\"type\": \"Replace\", \"pattern\": {%s}, \"content\": \"%s\"}";
    return added(1, "null")
        .replace(
            "\"normalizer\": null",
            "\"normalizer\": " + normalizer.formatted(pattern, "b".repeat(length)));
  }

  @Test
  void hazards_dropout_isGiven() {
    assertEquals(Optional.empty(), decline(added(1, "0.0")));
    assertEquals(
        Optional.of("with a dropout of 0.1 each encoding is another"), decline(added(1, "0.1")));
  }
}
