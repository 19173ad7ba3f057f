package dev.remora.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import dev.remora.BundleException;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.engine.AddedToken;
import dev.remora.core.engine.TokenizerDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankFilesTest {
  /** a, b, ab, c, bc, abc: two ways to abc. */
  private static final String SMALL = "YQ== 0\nYg== 1\nYWI= 2\nYw== 3\nYmM= 4\r\nYWJj 5\n\n";

  @BeforeAll
  static void quietNativeLibrary() {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("RUST_FLAVOR", "cpu");
  }

  private static byte[] jtokkitFile(String family) throws IOException {
    String path = "/com/knuddels/jtokkit/" + family + ".tiktoken";
    try (InputStream in = Encodings.class.getResourceAsStream(path)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"O200K_BASE", "CL100K_BASE"})
  void knownFamily_givesTheIdsOfJtokkit(EncodingType type) throws IOException {
    var oracle = Encodings.newLazyEncodingRegistry().getEncoding(type);
    byte[] json = RankFiles.toTokenizerJson(type.getName(), jtokkitFile(type.getName()));
    ConformanceTexts texts = new ConformanceTexts(20261123, List.of());
    try (HuggingFaceTokenizer tokenizer =
        HuggingFaceTokenizer.newInstance(
            new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false"))) {
      for (int i = 0; i < 2_000; i++) {
        String text = texts.next();
        if (text.codePoints().allMatch(RankFilesTest::isOldAndNoLongS)) {
          long[] expected =
              Arrays.stream(oracle.encodeOrdinary(text).toArray()).asLongStream().toArray();
          assertArrayEquals(expected, tokenizer.encode(text, false, false).getIds(), text);
        }
      }
    }
  }

  /** Java's regex knows only the characters of its own Unicode, and no long s for an s. */
  private static boolean isOldAndNoLongS(int codePoint) {
    return Character.isDefined(codePoint) && codePoint != 'ſ';
  }

  @Test
  void patternInTheConfig_makesAFamilyOfItsOwn() {
    TokenizerDefinition definition = define("x.tiktoken", SMALL, "{\"pat_str\": \"[a-b]+|c\"}");
    String splits = String.valueOf(definition.component("pre_tokenizer").get("pretokenizers"));
    assertEquals(true, splits.contains("{Regex=[a-b]+|c}"), splits);
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
    assertEquals(446_189, definition.mergeCount());
  }

  @Test
  void merges_areEveryCutInTheOrderOfRanks() {
    TokenizerDefinition definition = define("qwen.tiktoken", SMALL, "{}");
    List<String> merges = new ArrayList<>();
    definition.forEachMerge(
        (utf8, from, middle, to) ->
            merges.add(
                new String(utf8, from, middle - from, UTF_8)
                    + "|"
                    + new String(utf8, middle, to - middle, UTF_8)));
    assertEquals(List.of("a|b", "b|c", "a|bc", "ab|c"), merges);
    assertEquals("NFC", definition.component("normalizer").get("type"));
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
    assertEquals("Sequence", definition.component("post_processor").get("type"));
  }

  @Test
  void llama3_withAddBosTokenFalse_hasNoTemplate() {
    TokenizerDefinition definition =
        define(
            "tiktoken.model",
            SMALL,
            "{\"add_bos_token\":false,\"bos_token\":\"<|begin_of_text|>\","
                + "\"added_tokens_decoder\":{\"6\":{\"content\":\"<|begin_of_text|>\"}}}");
    assertEquals("ByteLevel", definition.component("post_processor").get("type"));
  }

  @Test
  void kimi_isRecognisedByItsClass_andHasReservedTokens() {
    TokenizerDefinition definition =
        define("tiktoken.model", SMALL, "{\"tokenizer_class\":\"TikTokenTokenizer\"}");
    assertEquals(256, definition.addedTokens().size());
    assertEquals(Optional.of("<|reserved_token_6|>"), definition.vocabulary().tokenOf(6));
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

  @Test
  void unknownFamily_isRefusedByName() {
    assertThrows(
        IllegalArgumentException.class, () -> RankFiles.toTokenizerJson("p50k", new byte[0]));
  }

  private static TokenizerDefinition define(String name, String rankFile, String config) {
    return BundleForms.define(
        TokenizerBundle.builder(Fingerprint.local())
            .add(name, rankFile.getBytes(UTF_8))
            .add("tokenizer_config.json", config.getBytes(UTF_8))
            .build());
  }
}
