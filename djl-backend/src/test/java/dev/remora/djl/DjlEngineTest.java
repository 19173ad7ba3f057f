package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.EngineException;
import dev.remora.Rule;
import dev.remora.conformance.contract.ChangedDefinition;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.engine.Engines;
import dev.remora.core.engine.TokenizerEngine;
import dev.remora.core.guard.BuildGuard;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract of engines does not ask. */
final class DjlEngineTest {
  @Test
  void consider_definitionOutsideTheList_saysWhoTakesTheRisk() {
    TokenizerDefinition risky =
        ChangedDefinition.of(
            ContractBundle.BYTE_LEVEL.definition(), Optional.of(new Normalizer.Prepend("")));
    DjlEngine engine = new DjlEngine();
    assertEquals(
        new EngineAnswer.Declined(
            "a normalizer puts the empty text before a text (not known to be safe in native code;"
                + " LoadOptions.trustBundles would take the risk)"),
        engine.consider(risky));
    assertInstanceOf(EngineAnswer.Plan.class, engine.considerTrusted(risky));
  }

  /** Opens a tokenizer.json as it stands, where a definition would be refused or cleaned. */
  private static NativeTokenizer open(String json) {
    NativeLibrary.load();
    return NativeTokenizer.open(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void installed_onTheClassPath_holdsTheEngine() {
    assertTrue(Engines.installed().stream().map(TokenizerEngine::name).anyMatch("djl"::equals));
  }

  @Test
  void open_jsonThatTruncatesAndPads_neitherCutsNorPads() {
    String json =
        new String(ContractBundle.BYTE_LEVEL.json(), StandardCharsets.UTF_8)
            .replace(
                "\"truncation\":null,\"padding\":null",
                """
                "truncation": {"direction": "Right", "max_length": 4, "strategy": "LongestFirst",
                 "stride": 0},
                "padding": {"strategy": {"Fixed": 9}, "direction": "Right",
                 "pad_to_multiple_of": null, "pad_id": 0, "pad_type_id": 0, "pad_token": "!"}""");
    assertTrue(json.contains("max_length"));
    NativeTokenizer tokenizer = open(json);
    assertEquals(600, tokenizer.count("7".repeat(600), false));
    assertEquals(1, tokenizer.count("7", false));
    assertEquals(3, tokenizer.count("7", true));
    tokenizer.free();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"model\": 7}",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [\"a b\"]}}",
        "{\"model\": {\"type\": \"Unheard\", \"vocab\": {}}}",
      })
  void open_noTokenizer_isABundleException(String json) {
    BundleException refused = assertThrows(BundleException.class, () -> open(json));
    assertEquals(Optional.of(Rule.C8), refused.rule());
    assertEquals(Optional.of("tokenizer.json"), refused.file());
  }

  /** A text that the model has no token for, in models whose unknown token is missing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"WordLevel\", \"unk_token\": \"[UNK]\", \"vocab\": {\"a\": 0}}",
        "{\"type\": \"WordPiece\", \"unk_token\": \"[UNK]\", \"continuing_subword_prefix\": \"##\","
            + " \"max_input_chars_per_word\": 100, \"vocab\": {\"a\": 0}}",
        "{\"type\": \"Unigram\", \"unk_id\": null, \"vocab\": [[\"a\", -1.0]],"
            + " \"byte_fallback\": false}",
      })
  void encode_unknownTokenMissing_isAnEngineException(String model) {
    NativeTokenizer tokenizer = open("{\"model\": " + model + "}");
    assertThrows(EngineException.class, () -> tokenizer.encode("z", true));
    assertThrows(EngineException.class, () -> tokenizer.count("z", true));
    assertThrows(EngineException.class, () -> tokenizer.details("z", true));
    assertArrayEquals(new int[] {0}, tokenizer.encode("a", true));
    tokenizer.free();
  }

  @Test
  void open_manyTimesWithoutClosing_isFreedByTheCollector() {
    for (int round = 0; round < 200; round++) {
      EngineSession session =
          DjlEngine.open(ContractBundle.BYTE_LEVEL.definition(), BuildGuard.NONE);
      int[] ids = session.encode("7", false);
      assertEquals("[" + ids[0] + "]", Arrays.toString(ids));
      if (round % 20 == 0) {
        System.gc();
      }
    }
  }
}
