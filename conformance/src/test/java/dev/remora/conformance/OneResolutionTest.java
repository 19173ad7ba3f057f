package dev.remora.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.SpecialTokens;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.chat.ChatTemplate;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.forms.BundleForms;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.NormalizerSpec;
import dev.remora.forms.sentencepiece.TrainerSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tokenizer and the template name the same special tokens, wherever they come from. */
class OneResolutionTest {
  private static final String TEMPLATE =
      "{{ bos_token }}|{{ eos_token }}|{{ pad_token is defined }}";

  private static SentencePiece piece(String text, SentencePiece.Type type) {
    return SentencePiece.newBuilder().setPiece(text).setScore(0).setType(type).build();
  }

  private static byte[] llama() {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setTrainerSpec(TrainerSpec.newBuilder().setModelType(TrainerSpec.ModelType.BPE))
            .setNormalizerSpec(
                NormalizerSpec.newBuilder().setName("identity").setRemoveExtraWhitespaces(false))
            .addPieces(piece("<unk>", SentencePiece.Type.UNKNOWN))
            .addPieces(piece("<s>", SentencePiece.Type.CONTROL))
            .addPieces(piece("</s>", SentencePiece.Type.CONTROL));
    for (int value = 0; value < 256; value++) {
      model.addPieces(piece("<0x%02X>".formatted(value), SentencePiece.Type.BYTE));
    }
    return model.build().toByteArray();
  }

  private static void assertOneAnswer(TokenizerBundle bundle, String bos, String eos) {
    TokenizerDefinition definition = BundleForms.define(bundle);
    assertEquals(Optional.of(bos), definition.specialTokens().token(SpecialTokens.BOS));
    assertEquals(Optional.of(eos), definition.specialTokens().token(SpecialTokens.EOS));
    BundleInfo info = BundleForms.describe(bundle, definition);
    assertEquals(bos + "|" + eos + "|False", ChatTemplate.of(info).render(List.of()));
  }

  @Test
  void sentencePieceWithoutConfig_hasTheTokensOfItsClassInBoth() {
    assertOneAnswer(
        TokenizerBundle.builder(Fingerprint.local())
            .add("tokenizer.model", llama())
            .add("chat_template.jinja", TEMPLATE.getBytes(StandardCharsets.UTF_8))
            .build(),
        "<s>",
        "</s>");
  }

  @Test
  void specialTokensMap_winsOverTheConfigInBoth() {
    String config = "{\"tokenizer_class\":\"LlamaTokenizer\",\"eos_token\":\"</s>\"}";
    String map = "{\"eos_token\":{\"content\":\"<|end|>\"}}";
    assertOneAnswer(
        TokenizerBundle.builder(Fingerprint.local())
            .add("tokenizer.model", llama())
            .add("tokenizer_config.json", config.getBytes(StandardCharsets.UTF_8))
            .add("special_tokens_map.json", map.getBytes(StandardCharsets.UTF_8))
            .add("chat_template.jinja", TEMPLATE.getBytes(StandardCharsets.UTF_8))
            .build(),
        "<s>",
        "<|end|>");
  }
}
