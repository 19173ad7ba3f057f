package dev.remora.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.engine.AddedToken;
import dev.remora.core.engine.TokenizerDefinition;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.NormalizerSpec;
import dev.remora.forms.sentencepiece.TrainerSpec;
import dev.remora.forms.sentencepiece.TrainerSpec.ModelType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentencePieceFileTest {
  /** The normalizer, decoder and post-processor of the real llama-2's tokenizer.json. */
  private static final String LLAMA_2 =
      """
      {"normalizer": {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"},
       {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]}, "pre_tokenizer": null,
       "post_processor": {"type": "TemplateProcessing",
       "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
       {"Sequence": {"id": "A", "type_id": 0}}],
       "pair": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
       {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "<s>", "type_id": 1}},
       {"Sequence": {"id": "B", "type_id": 1}}],
       "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
       "decoder": {"type": "Sequence", "decoders": [
       {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"},
       {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
       "model": {"type": "BPE", "vocab": {}, "merges": []}}
      """;

  private static ModelProto.Builder model(ModelType type) {
    return ModelProto.newBuilder()
        .setTrainerSpec(TrainerSpec.newBuilder().setModelType(type))
        .addPieces(piece("<unk>", 0, SentencePiece.Type.UNKNOWN))
        .addPieces(piece("<s>", 0, SentencePiece.Type.CONTROL))
        .addPieces(piece("</s>", 0, SentencePiece.Type.CONTROL))
        .addPieces(piece("<tool>", 0, SentencePiece.Type.USER_DEFINED))
        .addPieces(piece("é▁a", -1, SentencePiece.Type.NORMAL))
        .addPieces(piece("▁a", 0, SentencePiece.Type.NORMAL))
        .addPieces(piece("é▁", -1, SentencePiece.Type.NORMAL))
        .addPieces(piece("▁", -2, SentencePiece.Type.NORMAL))
        .addPieces(piece("a", -3, SentencePiece.Type.NORMAL))
        .addPieces(piece("é", -4, SentencePiece.Type.NORMAL));
  }

  /** A small BPE model, for other tests. */
  static byte[] smallModel() {
    return model(ModelType.BPE).build().toByteArray();
  }

  private static SentencePiece piece(String text, float score, SentencePiece.Type type) {
    return SentencePiece.newBuilder().setPiece(text).setScore(score).setType(type).build();
  }

  private static TokenizerDefinition define(ModelProto.Builder model, String... config) {
    TokenizerBundle.Builder bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .add("tokenizer.model", model.build().toByteArray());
    for (String text : config) {
      bundle.add("tokenizer_config.json", text.getBytes(UTF_8));
    }
    return BundleForms.define(bundle.build());
  }

  @Test
  void withoutConfig_isLegacyLlama() {
    TokenizerDefinition definition = define(model(ModelType.BPE));
    TokenizerDefinition llama2 = TinyTokenizers.define(LLAMA_2.getBytes(UTF_8));
    for (String name : JsonDefinition.COMPONENTS) {
      assertEquals(llama2.component(name), definition.component(name), name);
    }
    assertEquals(true, definition.model().get("byte_fallback"));
    assertEquals(true, definition.model().get("fuse_unk"));
    assertEquals("<unk>", definition.model().get("unk_token"));
    assertEquals(Map.of("<unk>", 0, "<s>", 1, "</s>", 2), definition.specialTokens().all());
    assertTrue(definition.specialTokens().addsBos());
  }

  @Test
  void userDefinedPiece_isAnAddedTokenThatIsNotSpecial() {
    assertEquals(
        new AddedToken(3, "<tool>", false, false, false, false, false),
        define(model(ModelType.BPE)).addedTokens().get(3));
  }

  @Test
  void flagsOfTheConfig_winOverThoseOfThePiece() {
    TokenizerDefinition definition =
        define(
            model(ModelType.BPE),
            "{\"tokenizer_class\":\"LlamaTokenizer\","
                + "\"bos_token\":{\"content\":\"<s>\",\"normalized\":true}}");
    assertEquals(
        new AddedToken(1, "<s>", false, false, false, true, true), definition.addedTokens().get(1));
  }

  /** By transformers' generate_merges: score, then length of the left part, both descending. */
  @Test
  void merges_areInTheOrderOfScores() {
    List<String> merges = new ArrayList<>();
    define(model(ModelType.BPE))
        .forEachMerge(
            (utf8, from, middle, to) ->
                merges.add(
                    new String(utf8, from, middle - from, UTF_8)
                        + "|"
                        + new String(utf8, middle, to - middle, UTF_8)));
    assertEquals(List.of("▁|a", "é▁|a", "é|▁a", "é|▁"), merges);
  }

  @Test
  void legacyFalse_prependsToTheFirstPieceOnly() {
    TokenizerDefinition definition =
        define(model(ModelType.BPE), "{\"tokenizer_class\":\"LlamaTokenizer\",\"legacy\":false}");
    assertEquals(Map.of(), definition.component("normalizer"));
    assertEquals("first", definition.component("pre_tokenizer").get("prepend_scheme"));
    assertEquals(false, definition.component("pre_tokenizer").get("split"));
  }

  @Test
  void addBosTokenFalse_leavesNoPostProcessor() {
    TokenizerDefinition definition =
        define(
            model(ModelType.BPE),
            "{\"tokenizer_class\":\"LlamaTokenizer\",\"add_bos_token\":false}");
    assertEquals(Map.of(), definition.component("post_processor"));
  }

  @Test
  void unigramOfNoClass_followsTheCommonRules() {
    TokenizerDefinition definition = define(model(ModelType.UNIGRAM), "{}");
    assertEquals("Unigram", definition.model().get("type"));
    assertEquals(0L, definition.model().get("unk_id"));
    assertEquals("Metaspace", definition.component("pre_tokenizer").get("type"));
    assertEquals("always", definition.component("decoder").get("prepend_scheme"));
    assertEquals(10, definition.vocabulary().size());
  }

  @Test
  void charsmap_becomesThePrecompiledNormalizer() {
    ModelProto.Builder model =
        model(ModelType.UNIGRAM)
            .setNormalizerSpec(
                NormalizerSpec.newBuilder()
                    .setPrecompiledCharsmap(com.google.protobuf.ByteString.copyFromUtf8("ab")));
    Object normalizers = define(model, "{}").component("normalizer").get("normalizers");
    List<?> steps = Members.list("tokenizer.json", "normalizers", normalizers);
    assertEquals(Map.of("type", "Precompiled", "precompiled_charsmap", "YWI="), steps.get(0));
  }

  @ParameterizedTest
  @EnumSource(
      value = ModelType.class,
      names = {"WORD", "CHAR"})
  void modelOfAnotherType_isRefused(ModelType type) {
    assertThrows(BundleException.class, () -> define(model(type)));
  }

  @Test
  void anotherClass_isRefusedByName() {
    BundleException refusal =
        assertThrows(
            BundleException.class,
            () -> define(model(ModelType.BPE), "{\"tokenizer_class\":\"T5Tokenizer\"}"));
    assertTrue(refusal.getMessage().contains("T5Tokenizer"), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_025})
  void modelWithoutPieces_orWithAHugeOne_isRefused(int length) {
    ModelProto.Builder model = ModelProto.newBuilder();
    if (length > 0) {
      model.addPieces(piece("a".repeat(length), 0, SentencePiece.Type.NORMAL));
    }
    assertThrows(BundleException.class, () -> define(model));
  }

  @Test
  void piecesThatStandForMillionsOfMerges_areRefused() {
    ModelProto.Builder model = model(ModelType.BPE);
    for (char letter = 'b'; letter <= 'k'; letter++) {
      for (int length = 1; length <= 1_024; length++) {
        model.addPieces(piece(String.valueOf(letter).repeat(length), 0, SentencePiece.Type.NORMAL));
      }
    }
    assertThrows(LimitException.class, () -> define(model));
  }

  @Test
  void fileThatIsNoModel_isRefused() {
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .add("tokenizer.model", "<html>not found</html>".getBytes(UTF_8))
            .build();
    BundleException refusal = assertThrows(BundleException.class, () -> BundleForms.define(bundle));
    assertEquals(Optional.of("tokenizer.model"), refusal.file());
  }
}
