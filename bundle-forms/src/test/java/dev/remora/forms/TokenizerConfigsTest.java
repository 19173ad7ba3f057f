package dev.remora.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.json.TokenizerJsonWriter;
import dev.remora.core.vocabulary.AddedToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each oddity of real configs, over the tiny byte-level tokenizer with {@code <s>} as BOS. */
class TokenizerConfigsTest {
  private static TokenizerDefinition define(String... namesAndFiles) {
    TokenizerBundle.Builder bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .add("tokenizer.json", TinyTokenizers.byteLevel());
    for (int i = 0; i < namesAndFiles.length; i += 2) {
      bundle.add(namesAndFiles[i], namesAndFiles[i + 1].getBytes(UTF_8));
    }
    return BundleForms.define(bundle.build());
  }

  private static TokenizerDefinition configured(String tokenizerConfig) {
    return define("tokenizer_config.json", tokenizerConfig);
  }

  @Test
  void token_asString_hasItsRole() {
    assertEquals(
        OptionalInt.of(264), configured("{\"bos_token\":\"<s>\"}").specialTokens().id("bos_token"));
  }

  @Test
  void token_asObject_hasItsRole() {
    String config = "{\"bos_token\":{\"__type\":\"AddedToken\",\"content\":\"<s>\"}}";
    assertEquals(Optional.of("<s>"), configured(config).specialTokens().token("bos_token"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}", "7", "false", "\"\"", "{\"content\":3}"})
  void token_ofAnotherType_hasNoRole(String token) {
    TokenizerDefinition definition = configured("{\"unk_token\":" + token + "}");
    assertEquals(Map.of(), definition.specialTokens().byRole());
    assertEquals(2, definition.addedTokens().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e30",
        "1000000000000000019884624838656",
        "NaN",
        "Infinity",
        "-Infinity",
        "\"x\""
      })
  void modelMaxLength_ofAnyKind_isPassedOver(String length) {
    TokenizerDefinition definition =
        configured("{\"model_max_length\":" + length + ",\"eos_token\":\"</s>\"}");
    assertEquals(Set.of(265), definition.specialTokens().eosIds());
  }

  @Test
  void addedTokensDecoder_addsWhatTheFileLacks() {
    TokenizerDefinition definition =
        configured(
            """
            {"added_tokens_decoder": {"267": {"content": "<b>", "special": true},
             "264": {"content": "<s>", "special": true, "lstrip": true},
             "266": {"content": "<a>", "rstrip": true, "normalized": false}}}
            """);
    assertEquals(
        List.of(
            new AddedToken(266, "<a>", false, false, true, false, false),
            new AddedToken(267, "<b>", false, false, false, false, true)),
        definition.addedTokens().subList(2, 4));
    assertTrue(definition.addedTokens().get(0).lstrip());
    TokenizerDefinition again = TinyTokenizers.define(TokenizerJsonWriter.write(definition));
    assertEquals(definition.addedTokens(), again.addedTokens());
  }

  @Test
  void addedTokensDecoder_changesHowAKnownTokenStripsAndMatches() {
    TokenizerDefinition definition =
        configured(
            """
            {"added_tokens_decoder": {"7": {"content": "<s>", "lstrip": false, "rstrip": true,
             "single_word": true, "normalized": true, "special": false}}}
            """);
    AddedToken changed = new AddedToken(264, "<s>", true, false, true, false, true);
    assertEquals(changed, definition.addedTokens().get(0));
  }

  @Test
  void additionalSpecialTokens_areAdded() {
    TokenizerDefinition definition =
        configured("{\"additional_special_tokens\":[\"<a>\",{\"content\":\"<b>\"},\"<s>\",null]}");
    assertEquals(Set.of("<s>", "</s>", "<a>", "<b>"), definition.specialTokens().all().keySet());
  }

  @Test
  void tokenWithEmptyContent_isNone() {
    TokenizerDefinition definition =
        configured("{\"add_bos_token\":true,\"bos_token\":{\"content\":\"\"}}");
    assertEquals(Optional.empty(), definition.specialTokens().token("bos_token"));
  }

  @Test
  void extraSpecialTokens_asObject_areAdded() {
    TokenizerDefinition definition =
        configured("{\"extra_special_tokens\":{\"image_token\":\"<image>\"}}");
    assertEquals(OptionalInt.of(266), definition.vocabulary().idOf("<image>"));
  }

  @Test
  void specialTokensMap_countsWithoutAddedTokensDecoder() {
    String map = "{\"eos_token\":{\"content\":\"</s>\",\"lstrip\":false}}";
    assertEquals(
        Optional.of("</s>"),
        define("special_tokens_map.json", map, "tokenizer_config.json", "{\"eos_token\":\"<s>\"}")
            .specialTokens()
            .token("eos_token"));
  }

  @Test
  void specialTokensMap_isPassedOverBesideAddedTokensDecoder() {
    assertEquals(
        Optional.of("<s>"),
        define(
                "special_tokens_map.json",
                "{\"eos_token\":\"</s>\"}",
                "tokenizer_config.json",
                "{\"added_tokens_decoder\":{},\"eos_token\":\"<s>\"}")
            .specialTokens()
            .token("eos_token"));
  }

  @Test
  void addedTokensFile_addsTokensThatAreSpecialByTheirRole() {
    TokenizerDefinition definition =
        define(
            "added_tokens.json",
            "{\"<b>\":267,\"<pad>\":266}",
            "tokenizer_config.json",
            "{\"pad_token\":\"<pad>\"}");
    assertEquals(OptionalInt.of(266), definition.vocabulary().idOf("<pad>"));
    assertEquals(OptionalInt.of(267), definition.vocabulary().idOf("<b>"));
    assertEquals(Set.of("<s>", "</s>", "<pad>"), definition.specialTokens().all().keySet());
  }

  /** transformers 5 drops both where there is a tokenizer.json: its post-processor stays. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "null", "\"true\"", "1"})
  void addBosToken_ofAnyValue_leavesThePostProcessor(String flag) {
    TokenizerDefinition definition =
        configured(
            "{\"add_bos_token\":%s,\"add_eos_token\":%s,\"bos_token\":\"<s>\",\"eos_token\":\"</s>\"}"
                .formatted(flag, flag));
    assertTrue(definition.specialTokens().addsBos());
    assertFalse(definition.specialTokens().addsEos());
    assertEquals(
        TinyTokenizers.define(TinyTokenizers.byteLevel()).postProcessor(),
        definition.postProcessor());
  }

  @Test
  void roleToken_thatTheFileListsAsOrdinary_isSpecial() {
    byte[] json =
        new String(TinyTokenizers.byteLevel(), UTF_8)
            .replace("\"special\":true", "\"special\":false")
            .getBytes(UTF_8);
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .add("tokenizer.json", json)
            .add("tokenizer_config.json", "{\"eos_token\":\"</s>\"}".getBytes(UTF_8))
            .build();
    assertEquals(Map.of("</s>", 265), BundleForms.define(bundle).specialTokens().all());
  }

  @Test
  void additionalSpecialToken_thatIsThereAsOrdinary_staysOrdinary() {
    TokenizerDefinition definition =
        configured(
            """
            {"added_tokens_decoder": {"266": {"content": "<tool>", "special": false}},
             "additional_special_tokens": ["<tool>"]}
            """);
    assertEquals(Set.of("<s>", "</s>"), definition.specialTokens().all().keySet());
  }

  @Test
  void roleOfTheModelsOwn_isAddedAndSpecial() {
    TokenizerDefinition definition =
        configured("{\"image_token\":\"<image>\",\"image_token_id\":7,\"add_x_token\":true}");
    assertEquals(Map.of("image_token", "<image>"), definition.specialTokens().byRole());
    assertEquals(OptionalInt.of(266), definition.specialTokens().id("image_token"));
  }

  @Test
  void splitSpecialTokens_isTaken() {
    assertTrue(configured("{\"split_special_tokens\":true}").splitsSpecialTokens());
    assertFalse(configured("{\"split_special_tokens\":null}").splitsSpecialTokens());
  }

  @Test
  void eosIds_areTheUnionOfAllFiles() {
    assertEquals(
        Set.of(1, 2, 3, 4, 265),
        define(
                "generation_config.json",
                "{\"eos_token_id\":[1,2,null,-1,\"7\",2.5]}",
                "config.json",
                "{\"eos_token_id\":3,\"text_config\":{\"eos_token_id\":[4]}}",
                "tokenizer_config.json",
                "{\"eos_token\":\"</s>\"}")
            .specialTokens()
            .eosIds());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"added_tokens_decoder\":{\"x\":{\"content\":\"a\"}}}",
        "{\"added_tokens_decoder\":{\"-1\":{\"content\":\"a\"}}}",
        "{\"added_tokens_decoder\":{\"1\":{}}}",
        "{\"added_tokens_decoder\":{\"1\":7}}"
      })
  void config_thatIsBroken_isRefusedWithItsName(String config) {
    BundleException refusal = assertThrows(BundleException.class, () -> configured(config));
    assertEquals(Optional.of("tokenizer_config.json"), refusal.file());
    assertEquals(Optional.of(Rule.C8), refusal.rule());
  }

  @Test
  void config_ofAThousandLevels_isRefused() {
    String deep = "{\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}";
    BundleException refusal =
        assertThrows(BundleException.class, () -> configured(deep)); // older Gson has no bound
    assertTrue(String.valueOf(refusal.getMessage()).contains("250 levels"), refusal.getMessage());
  }
}
