package dev.remora.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.Metaspace;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.NormalizerSpec;
import dev.remora.forms.sentencepiece.TrainerSpec;
import dev.remora.forms.sentencepiece.TrainerSpec.ModelType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentencePieceFormTest {
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

  private static final String LLAMA = "{\"tokenizer_class\":\"LlamaTokenizer\"}";

  /** A model of Llama's own spec: no normalization, a piece for each byte. */
  private static ModelProto.Builder llamaModel() {
    ModelProto.Builder model = model(ModelType.BPE);
    for (int value = 0; value < 256; value++) {
      model.addPieces(piece("<0x%02X>".formatted(value), 0, SentencePiece.Type.BYTE));
    }
    return model.setNormalizerSpec(
        NormalizerSpec.newBuilder().setName("identity").setRemoveExtraWhitespaces(false));
  }

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

  /** A small Unigram model by its own spec, for other tests. */
  static byte[] smallUnigram() {
    return model(ModelType.UNIGRAM).build().toByteArray();
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
    TokenizerDefinition definition = define(llamaModel());
    TokenizerDefinition llama2 = TinyTokenizers.define(LLAMA_2.getBytes(UTF_8));
    assertEquals(llama2.normalizer(), definition.normalizer());
    assertEquals(llama2.preTokenizer(), definition.preTokenizer());
    assertEquals(llama2.postProcessor(), definition.postProcessor());
    assertEquals(llama2.decoder(), definition.decoder());
    Model.Bpe model = (Model.Bpe) definition.model();
    assertTrue(model.byteFallback());
    assertTrue(model.fuseUnk());
    assertEquals("<unk>", model.unkToken());
    assertEquals(Map.of("<unk>", 0, "<s>", 1, "</s>", 2), definition.specialTokens().all());
    assertTrue(definition.specialTokens().addsBos());
  }

  @Test
  void userDefinedPiece_isAnAddedTokenThatIsNotSpecial() {
    assertEquals(
        new AddedToken(3, "<tool>", false, false, false, false, false),
        define(model(ModelType.BPE), LLAMA).addedTokens().get(3));
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
    List<String> merges = TinyTokenizers.merges(define(model(ModelType.BPE), LLAMA));
    assertEquals(List.of("▁|a", "é▁|a", "é|▁a", "é|▁"), merges);
  }

  @Test
  void legacyFalse_prependsToTheFirstPieceOnly() {
    TokenizerDefinition definition =
        define(model(ModelType.BPE), "{\"tokenizer_class\":\"LlamaTokenizer\",\"legacy\":false}");
    assertEquals(List.of(), definition.normalizers());
    assertEquals(
        List.of(
            new PreTokenizer.MetaspaceSplit(new Metaspace("▁", PrependScheme.FIRST, false, null))),
        definition.preTokenizers());
  }

  @Test
  void addBosTokenFalse_leavesNoPostProcessor() {
    TokenizerDefinition definition =
        define(
            model(ModelType.BPE),
            "{\"tokenizer_class\":\"LlamaTokenizer\",\"add_bos_token\":false}");
    assertEquals(Optional.empty(), definition.postProcessor());
  }

  @Test
  void withoutAClass_aSpecThatIsNotLlamas_isFollowed() {
    ModelProto.Builder model = model(ModelType.UNIGRAM);
    model.getTrainerSpecBuilder().setBosId(1).setEosId(2);
    TokenizerDefinition definition = define(model, "{}");
    assertEquals(
        List.of(new Normalizer.SentencePiece("", true, false, true)), definition.normalizers());
    assertEquals(List.of(), definition.preTokenizers());
    assertEquals(Optional.empty(), definition.postProcessor());
    assertEquals(
        Map.of("unk_token", "<unk>", "bos_token", "<s>", "eos_token", "</s>"),
        definition.specialTokens().byRole());
    assertTrue(definition.splitsSpecialTokens());
    Model.Unigram unigram = (Model.Unigram) definition.model();
    assertFalse(unigram.byteFallback());
    assertEquals(Model.Unigram.NEVER, unigram.scores()[1]);
    assertEquals(-3, unigram.scores()[8]);
  }

  @Test
  void spec_thatTokenizersHasWordsFor_isSaidInThem() {
    ModelProto.Builder model = model(ModelType.UNIGRAM);
    model.getNormalizerSpecBuilder().setRemoveExtraWhitespaces(false);
    assertEquals(
        List.of(
            new Normalizer.Prepend("▁"),
            new Normalizer.Replace(new StringPattern.Literal(" "), "▁")),
        define(model).normalizers());
  }

  @Test
  void trainerSpec_saysWhereTheMarkIsAndWhetherBytesAre() {
    ModelProto.Builder model = llamaModel();
    model.getNormalizerSpecBuilder().setPrecompiledCharsmap(ByteString.copyFromUtf8("ab"));
    model.getTrainerSpecBuilder().setTreatWhitespaceAsSuffix(true).setByteFallback(true);
    TokenizerDefinition definition = define(model);
    assertEquals(
        List.of(new Normalizer.SentencePiece("YWI=", true, true, false)), definition.normalizers());
    assertTrue(((Model.Bpe) definition.model()).byteFallback());
  }

  /** A text that spells a control piece does not become it, so no merge leads there. */
  @Test
  void controlPiece_ofNoClass_isNoMerge() {
    ModelProto.Builder model =
        model(ModelType.BPE).addPieces(piece("▁aé", 0, SentencePiece.Type.CONTROL));
    List<String> merges = TinyTokenizers.merges(define(model, "{}"));
    assertEquals(List.of("▁|a", "é▁|a", "é|▁a", "é|▁"), merges);
  }

  @Test
  void spec_thatIsNotKnown_isRefused() {
    ModelProto.Builder spaces = model(ModelType.UNIGRAM);
    spaces.getNormalizerSpecBuilder().setEscapeWhitespaces(false);
    ModelProto.Builder unused =
        model(ModelType.UNIGRAM).addPieces(piece("b", 0, SentencePiece.Type.UNUSED));
    ModelProto.Builder withoutBytes = model(ModelType.UNIGRAM);
    withoutBytes.getTrainerSpecBuilder().setByteFallback(true);
    ModelProto.Builder outside = model(ModelType.UNIGRAM);
    outside.getTrainerSpecBuilder().setUnkId(99);
    for (ModelProto.Builder model : List.of(spaces, unused, withoutBytes, outside)) {
      BundleException refusal = assertThrows(BundleException.class, () -> define(model));
      assertEquals(Optional.of("tokenizer.model"), refusal.file());
    }
  }

  /** What transformers does for a class that is not known here would be guessed. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"model_type\":\"marian\"}", "{\"model_type\":\"internlm2\"}"})
  void modelTypeOfAnotherClass_isRefusedByName(String config) {
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .add("tokenizer.model", llamaModel().build().toByteArray())
            .add("config.json", config.getBytes(UTF_8))
            .build();
    BundleException refusal = assertThrows(BundleException.class, () -> BundleForms.define(bundle));
    String name = config.substring(15, config.length() - 2);
    assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
  }

  @Test
  void withoutConfig_theDummyPrefixIsTheSpecs() {
    ModelProto.Builder model = llamaModel();
    model.getNormalizerSpecBuilder().setAddDummyPrefix(false);
    assertEquals(
        List.of(new Normalizer.Replace(new StringPattern.Literal(" "), "▁")),
        define(model).normalizers());
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
            () -> define(model(ModelType.BPE), "{\"tokenizer_class\":\"AlbertTokenizer\"}"));
    assertTrue(refusal.getMessage().contains("AlbertTokenizer"), refusal.getMessage());
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
    assertThrows(LimitException.class, () -> define(model, LLAMA));
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
