package dev.remora.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.remora.BundleException;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Metaspace;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TemplatePiece;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What transformers' classes make of a SentencePiece model, as their code says. */
class SentencePieceClassesTest {
  private static final Metaspace MARKS = new Metaspace("▁", PrependScheme.ALWAYS, true, null);
  private static final Normalizer CHARSMAP = new Normalizer.Precompiled("YWI=");
  private static final List<PreTokenizer> MARKED_WORDS =
      List.of(new PreTokenizer.WhitespaceSplit(), new PreTokenizer.MetaspaceSplit(MARKS));

  private static ModelProto model(ModelType type, int unkId, String... pieces) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setTrainerSpec(TrainerSpec.newBuilder().setModelType(type).setUnkId(unkId))
            .setNormalizerSpec(
                NormalizerSpec.newBuilder()
                    .setName("nmt_nfkc")
                    .setPrecompiledCharsmap(ByteString.copyFromUtf8("ab")));
    for (int id = 0; id < pieces.length; id++) {
      SentencePiece.Type piece =
          id == unkId
              ? SentencePiece.Type.UNKNOWN
              : pieces[id].startsWith("<") ? SentencePiece.Type.CONTROL : SentencePiece.Type.NORMAL;
      model.addPieces(SentencePiece.newBuilder().setPiece(pieces[id]).setScore(-id).setType(piece));
    }
    return model.build();
  }

  private static TokenizerDefinition define(String file, ModelProto model, String config) {
    return BundleForms.define(
        TokenizerBundle.builder(Fingerprint.local())
            .add(file, model.toByteArray())
            .add("tokenizer_config.json", config.getBytes(UTF_8))
            .build());
  }

  /** The pieces around one text: names, with their type ids where these are not 0. */
  private static List<String> single(TokenizerDefinition definition) {
    PostProcessor.Template template =
        (PostProcessor.Template) definition.postProcessor().orElseThrow();
    List<String> pieces = new ArrayList<>();
    for (TemplatePiece piece : template.single()) {
      String name = piece instanceof TemplatePiece.Special special ? special.name() : "A";
      pieces.add(piece.typeId() == 0 ? name : name + ":" + piece.typeId());
    }
    return pieces;
  }

  private static final ModelProto T5 =
      model(ModelType.UNIGRAM, 2, "<pad>", "</s>", "<unk>", "▁", "▁a");

  @Test
  void t5_hasItsSentinelsAndEos() {
    TokenizerDefinition definition =
        define("spiece.model", T5, "{\"tokenizer_class\":\"T5TokenizerFast\"}");
    assertEquals(List.of(CHARSMAP), definition.normalizers());
    assertEquals(MARKED_WORDS, definition.preTokenizers());
    assertEquals(List.of(new Decoder.MetaspaceDecoder(MARKS)), definition.decoders());
    assertEquals(List.of("A", "</s>"), single(definition));
    assertEquals(105, definition.vocabulary().size());
    assertEquals(5, definition.vocabulary().idOf("<extra_id_99>").getAsInt());
    assertEquals(104, definition.vocabulary().idOf("<extra_id_0>").getAsInt());
    assertTrue(definition.specialTokens().all().containsKey("<extra_id_0>"));
    assertEquals(2, ((Model.Unigram) definition.model()).unkId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1000000000"})
  void sentinels_ofAnUnrealNumber_areRefused(String count) {
    String config = "{\"tokenizer_class\":\"T5Tokenizer\",\"extra_ids\":" + count + "}";
    assertThrows(BundleException.class, () -> define("spiece.model", T5, config));
  }

  @Test
  void xlmRoberta_hasFairseqsFirstIdsAndAMask() {
    ModelProto model = model(ModelType.UNIGRAM, 0, "<unk>", "<s>", "</s>", ",", "▁a");
    TokenizerDefinition definition =
        define("sentencepiece.bpe.model", model, "{\"tokenizer_class\":\"XLMRobertaTokenizer\"}");
    List<String> tokens = new ArrayList<>();
    for (int id = 0; id < definition.vocabulary().idBound(); id++) {
      tokens.add(definition.vocabulary().tokenOf(id).orElseThrow());
    }
    assertEquals(List.of("<s>", "<pad>", "</s>", "<unk>", ",", "▁a", "<mask>"), tokens);
    assertEquals(List.of("<s>", "A", "</s>"), single(definition));
    assertEquals(3, ((Model.Unigram) definition.model()).unkId());
    assertEquals(List.of(CHARSMAP), definition.normalizers());
    assertEquals(MARKED_WORDS, definition.preTokenizers());
  }

  @Test
  void xlnet_dropsAccentsAndEndsWithClsOfAnotherType() {
    ModelProto model =
        model(ModelType.UNIGRAM, 0, "<unk>", "<s>", "</s>", "<cls>", "<sep>", "<pad>", "<mask>");
    TokenizerDefinition definition =
        define(
            "spiece.model",
            model,
            "{\"tokenizer_class\":\"XLNetTokenizer\",\"do_lower_case\":true}");
    assertEquals(
        List.of(
            new Normalizer.Replace(new StringPattern.Literal("``"), "\""),
            new Normalizer.Replace(new StringPattern.Literal("''"), "\""),
            new Normalizer.Nfkd(),
            new Normalizer.StripAccents(),
            new Normalizer.Lowercase(),
            CHARSMAP),
        definition.normalizers());
    assertEquals(List.of("A", "<sep>", "<cls>:2"), single(definition));
    AddedToken mask = new AddedToken(6, "<mask>", false, true, false, false, true);
    assertTrue(definition.addedTokens().contains(mask), definition.addedTokens().toString());
  }

  @Test
  void gemma_marksSpacesAndAddsBosWhereTheConfigSays() {
    ModelProto model = model(ModelType.BPE, 3, "<pad>", "<eos>", "<bos>", "<unk>", "▁", "a", "▁a");
    String config = "{\"tokenizer_class\":\"GemmaTokenizer\",\"add_bos_token\":%s}";
    TokenizerDefinition definition = define("tokenizer.model", model, config.formatted(true));
    assertEquals(
        List.of(new Normalizer.Replace(new StringPattern.Literal(" "), "▁")),
        definition.normalizers());
    assertEquals(List.of(), definition.preTokenizers());
    assertEquals(List.of("<bos>", "A"), single(definition));
    assertTrue(((Model.Bpe) definition.model()).byteFallback());
    assertEquals(
        Optional.empty(),
        define("tokenizer.model", model, config.formatted(false)).postProcessor());
  }

  @ParameterizedTest
  @ValueSource(strings = {"T5Tokenizer", "XLMRobertaTokenizer", "XLNetTokenizer"})
  void modelOfTheWrongType_isRefused(String name) {
    ModelProto model = model(ModelType.BPE, 0, "<unk>", "<s>", "</s>", "a");
    String config = "{\"tokenizer_class\":\"" + name + "\"}";
    assertThrows(BundleException.class, () -> define("tokenizer.model", model, config));
  }

  /** There would be no id for the token that the class puts after a text. */
  @Test
  void modelWithoutTheClassesToken_isRefused() {
    ModelProto model = model(ModelType.UNIGRAM, 0, "<unk>", "a");
    assertThrows(
        BundleException.class,
        () -> define("spiece.model", model, "{\"tokenizer_class\":\"T5Tokenizer\"}"));
  }

  @Test
  void severalModels_areRefused() {
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .add("source.model", T5.toByteArray())
            .add("target.model", T5.toByteArray())
            .build();
    BundleException refusal = assertThrows(BundleException.class, () -> BundleForms.define(bundle));
    assertTrue(refusal.getMessage().contains("source.model"), refusal.getMessage());
  }
}
