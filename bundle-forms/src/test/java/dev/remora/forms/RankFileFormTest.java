package dev.remora.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.knuddels.jtokkit.Encodings;
import dev.remora.BundleException;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.definition.TextCuts;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.regex.KnownRegex;
import dev.remora.core.vocabulary.AddedToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankFileFormTest {
  /** a, b, ab, c, bc, abc: two ways to abc. */
  private static final String SMALL = "YQ== 0\nYg== 1\nYWI= 2\nYw== 3\nYmM= 4\r\nYWJj 5\n\n";

  private static byte[] jtokkitFile(String family) throws IOException {
    String path = "/com/knuddels/jtokkit/" + family + ".tiktoken";
    try (InputStream in = Encodings.class.getResourceAsStream(path)) {
      return in.readAllBytes();
    }
  }

  @Test
  void patternInTheConfig_makesAFamilyOfItsOwn() {
    TokenizerDefinition definition = define("x.tiktoken", SMALL, "{\"pat_str\": \"[a-b]+|c\"}");
    assertEquals(CommonParts.split("[a-b]+|c"), definition.preTokenizers().get(0));
    assertEquals(6, definition.vocabulary().size());
  }

  @Test
  void specialTokens_thatLeaveAGap_keepTheirIds() throws IOException {
    TokenizerDefinition definition =
        define("o200k_base.tiktoken", new String(jtokkitFile("o200k_base"), UTF_8), "{}");
    assertEquals(
        Map.of("<|endoftext|>", 199_999, "<|endofprompt|>", 200_018),
        definition.specialTokens().all());
    assertEquals(Optional.of("<|endofprompt|>"), definition.vocabulary().tokenOf(200_018));
    assertEquals(446_189, ((Model.Bpe) definition.model()).merges().count());
  }

  @Test
  void merges_areEveryCutInTheOrderOfRanks() {
    TokenizerDefinition definition = define("qwen.tiktoken", SMALL, "{}");
    List<String> merges = TinyTokenizers.merges(definition);
    assertEquals(List.of("a|b", "b|c", "a|bc", "ab|c"), merges);
    assertEquals(List.of(new Normalizer.Nfc()), definition.normalizers());
    assertEquals(208, definition.addedTokens().size());
    assertEquals(Optional.of("<|extra_204|>"), definition.vocabulary().tokenOf(213));
  }

  @Test
  void gapInAddedTokens_isFilledAsTransformersFillsIt() {
    TokenizerDefinition definition =
        define(
            "tiktoken.model",
            SMALL,
            """
            {"added_tokens_decoder": {"8": {"content": "<think>", "special": false},
             "6": {"content": "<|begin_of_text|>", "special": true}}}
            """);
    assertEquals(
        List.of("<|begin_of_text|>", "<|reserved_token_7|>", "<think>"),
        definition.addedTokens().stream().map(AddedToken::content).toList());
    assertEquals(
        Set.of("<|begin_of_text|>", "<|reserved_token_7|>"),
        definition.specialTokens().all().keySet());
    assertEquals(2, definition.postProcessors().size());
  }

  @Test
  void llama3_withAddBosTokenFalse_hasNoTemplate() {
    TokenizerDefinition definition =
        define(
            "tiktoken.model",
            SMALL,
            "{\"add_bos_token\":false,\"bos_token\":\"<|begin_of_text|>\","
                + "\"added_tokens_decoder\":{\"6\":{\"content\":\"<|begin_of_text|>\"}}}");
    assertEquals(List.of(CommonParts.BYTE_LEVEL_PROCESSOR), definition.postProcessors());
  }

  @Test
  void kimi_isRecognisedByItsClass_andHasReservedTokens() {
    TokenizerDefinition definition =
        define("tiktoken.model", SMALL, "{\"tokenizer_class\":\"TikTokenTokenizer\"}");
    assertEquals(256, definition.addedTokens().size());
    assertEquals(Optional.of("<|reserved_token_6|>"), definition.vocabulary().tokenOf(6));
  }

  /** The model's own Python does that; no other family's does, as transformers reads it. */
  @Test
  void kimi_cutsLongTextsAndRuns_othersDoNot() {
    assertEquals(
        Optional.of(new TextCuts(400_000, 25_000)),
        define("tiktoken.model", SMALL, "{\"tokenizer_class\":\"TikTokenTokenizer\"}").cuts());
    assertEquals(
        Optional.empty(),
        define("tiktoken.model", SMALL, "{\"bos_token\":\"<|begin_of_text|>\"}").cuts());
    assertEquals(Optional.empty(), define("qwen.tiktoken", SMALL, "{}").cuts());
  }

  @Test
  void gapThatIsTooLarge_isRefused() {
    String config = "{\"added_tokens_decoder\":{\"9000000\":{\"content\":\"<|begin_of_text|>\"}}}";
    assertThrows(BundleException.class, () -> define("tiktoken.model", SMALL, config));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"YQ==", "YQ== x", "YQ== -1", "YQ== 99999999", "=== 1", " 1", "YQ== 1 2", "\u0000"})
  void line_thatIsNoTokenAndRank_isRefused(String line) {
    BundleException refusal =
        assertThrows(BundleException.class, () -> define("qwen.tiktoken", SMALL + line, "{}"));
    assertEquals(Optional.of("qwen.tiktoken"), refusal.file());
  }

  @Test
  void llama4_splitsByO200kAndBeginsWithBos() {
    TokenizerDefinition definition =
        define(
            "tokenizer.model",
            SMALL,
            "{\"added_tokens_decoder\":{\"10\":{\"content\":\"<|begin_of_text|>\",\"special\":true},"
                + "\"11\":{\"content\":\"<|header_start|>\",\"special\":true}}}");
    assertEquals(
        new StringPattern.Regex(KnownRegex.O200K.expression()),
        ((PreTokenizer.Split) definition.preTokenizers().get(0)).pattern());
    assertEquals(2, definition.postProcessors().size());
  }

  @Test
  void glm4_putsItsTwoTokensBeforeAText() {
    String config =
        "{\"tokenizer_class\":\"ChatGLM4Tokenizer\",\"added_tokens_decoder\":{"
            + "\"12\":{\"content\":\"[gMASK]\",\"special\":true},"
            + "\"14\":{\"content\":\"<sop>\",\"special\":true}}}";
    TokenizerDefinition definition = define("tokenizer.model", SMALL, config);
    PostProcessor.Template template = (PostProcessor.Template) definition.postProcessors().get(1);
    assertEquals(
        List.of(
            new PostProcessor.TemplatePiece.Special("[gMASK]", 0),
            new PostProcessor.TemplatePiece.Special("<sop>", 0),
            new PostProcessor.TemplatePiece.Text(false, 0)),
        template.single());
    assertThrows(
        BundleException.class,
        () -> define("tokenizer.model", SMALL, "{\"tokenizer_class\":\"ChatGLM4Tokenizer\"}"));
  }

  /** Llama 4 names the same special token, but splits by another pattern. */
  @Test
  void moreRanksThanTheFamilyHas_areNotTakenForIt() {
    StringBuilder ranks = new StringBuilder();
    for (int rank = 0; rank <= 128_000; rank++) {
      byte[] token = {(byte) (rank >> 16), (byte) (rank >> 8), (byte) rank};
      ranks.append(Base64.getEncoder().encodeToString(token)).append(' ').append(rank).append('\n');
    }
    String config = "{\"bos_token\":\"<|begin_of_text|>\"}";
    assertThrows(BundleException.class, () -> define("tiktoken.model", ranks.toString(), config));
  }

  private static TokenizerDefinition define(String name, String rankFile, String config) {
    return BundleForms.define(
        TokenizerBundle.builder(Fingerprint.local())
            .add(name, rankFile.getBytes(UTF_8))
            .add("tokenizer_config.json", config.getBytes(UTF_8))
            .build());
  }
}
