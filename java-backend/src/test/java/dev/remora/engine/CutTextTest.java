package dev.remora.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.Tokenizer;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.engine.EngineChoice;
import dev.remora.core.engine.Engines;
import dev.remora.forms.BundleForms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kimi's tokenizer over both engines: what its Python cuts a text into is encoded alone. What the
 * ids of a piece are is not in question here.
 */
final class CutTextTest {
  private static final int RUN = 25_000;

  private static TokenizerBundle bundle(String config) throws IOException {
    String resource = "/com/knuddels/jtokkit/cl100k_base.tiktoken";
    try (InputStream in = CutTextTest.class.getResourceAsStream(resource)) {
      return TokenizerBundle.builder(Fingerprint.local())
          .add("tiktoken.model", Objects.requireNonNull(in).readAllBytes())
          .add("tokenizer_config.json", config.getBytes(StandardCharsets.UTF_8))
          .build();
    }
  }

  private static Tokenizer kimi(String engine, String members) throws IOException {
    TokenizerBundle bundle = bundle("{\"tokenizer_class\":\"TikTokenTokenizer\"" + members + "}");
    var definition = BundleForms.define(bundle);
    return Engines.open(
        definition, BundleForms.describe(bundle, definition), EngineChoice.named(engine));
  }

  /** Compares a text with pieces of it that are too short to be cut. */
  private static void assertCut(Tokenizer tokenizer, String... pieces) {
    String text = String.join("", pieces);
    Encoding whole = tokenizer.encode(text, EncodeOptions.NO_SPECIAL_TOKENS);
    int at = 0;
    int shift = 0;
    for (String piece : pieces) {
      Encoding part = tokenizer.encode(piece, EncodeOptions.NO_SPECIAL_TOKENS);
      for (int index = 0; index < part.size(); index++, at++) {
        assertEquals(part.ids()[index], whole.ids()[at]);
        assertEquals(part.tokens().get(index), whole.tokens().get(at));
        assertEquals(part.start(index) + shift, whole.start(at));
        assertEquals(part.end(index) + shift, whole.end(at));
      }
      shift += piece.length();
    }
    assertEquals(at, whole.size());
    assertEquals(at, tokenizer.count(text, EncodeOptions.NO_SPECIAL_TOKENS));
    assertEquals(
        OptionalInt.of(at), tokenizer.countUpTo(text, EncodeOptions.NO_SPECIAL_TOKENS, at));
    assertEquals(
        OptionalInt.empty(), tokenizer.countUpTo(text, EncodeOptions.NO_SPECIAL_TOKENS, at - 1));
    assertEquals(text, tokenizer.decode(whole.ids()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "djl"})
  void text_thatKimiCuts_isEncodedPieceByPiece(String engine) throws IOException {
    try (Tokenizer tokenizer = kimi(engine, "")) {
      assertCut(tokenizer, "hello".repeat(RUN / 5), "hello");
      assertCut(tokenizer, "x " + "\n".repeat(RUN - 1), "\n\u00A0yes");
      assertCut(tokenizer, "\uD83E\uDD88".repeat(RUN), "\uD83E\uDD88 sharks");
      assertCut(tokenizer, "one two ".repeat(50_000), "one two three");
      String split = "a".repeat(RUN - 3);
      assertCut(tokenizer, split + "<|r", "eserved_token_100300|>"); // not found across a cut
    }
  }

  /** Not cut, the ids would be others: this text is one word to the regex. */
  @ParameterizedTest
  @ValueSource(strings = {"java", "djl"})
  void text_thatOthersDoNotCut_hasOtherIds(String engine) throws IOException {
    String text = "hello".repeat(RUN / 5 - 1) + "hell" + "ohello";
    TokenizerBundle bundle =
        bundle("{\"bos_token\":\"<|begin_of_text|>\",\"add_bos_token\":false}");
    var definition = BundleForms.define(bundle);
    try (Tokenizer kimi = kimi(engine, "");
        Tokenizer llama =
            Engines.open(
                definition, BundleForms.describe(bundle, definition), EngineChoice.named(engine))) {
      String uncut = "a".repeat(RUN);
      assertEquals(llama.count(uncut), kimi.count(uncut));
      assertNotEquals(llama.count("a" + text), kimi.count("a" + text));
    }
  }

  /** The engine in Java declines a vocabulary that lacks bytes. */
  @Test
  void vocabularyWithoutTheLetter_thatTheFrameIsTriedWith_isServed() {
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .add("tiktoken.model", "Yg== 0\nYw== 1\n".getBytes(StandardCharsets.UTF_8))
            .add(
                "tokenizer_config.json",
                "{\"tokenizer_class\":\"TikTokenTokenizer\"}".getBytes(StandardCharsets.UTF_8))
            .build();
    var definition = BundleForms.define(bundle);
    try (Tokenizer tokenizer =
        Engines.open(
            definition, BundleForms.describe(bundle, definition), EngineChoice.named("djl"))) {
      assertArrayEquals(new int[] {0, 1}, tokenizer.encode("abac").ids());
      assertEquals(RUN + 1, tokenizer.count("b".repeat(RUN + 1)));
    }
  }

  /** Special tokens stand around the whole text, not around each piece. */
  @ParameterizedTest
  @ValueSource(strings = {"java", "djl"})
  void specialTokens_ofTextThatIsCut_areAroundItAll(String engine) throws IOException {
    String roles =
        ",\"bos_token\":\"[BOS]\",\"eos_token\":\"[EOS]\",\"add_bos_token\":true,"
            + "\"add_eos_token\":true";
    try (Tokenizer tokenizer = kimi(engine, roles)) {
      String text = "ab".repeat(RUN);
      int[] plain = tokenizer.encode(text, EncodeOptions.NO_SPECIAL_TOKENS).ids();
      Encoding whole = tokenizer.encode(text);
      int[] expected = new int[plain.length + 2];
      System.arraycopy(plain, 0, expected, 1, plain.length);
      expected[0] = tokenizer.idOf("[BOS]").orElseThrow();
      expected[plain.length + 1] = tokenizer.idOf("[EOS]").orElseThrow();
      assertArrayEquals(expected, whole.ids());
      assertEquals(expected.length, tokenizer.count(text));
      assertTrue(whole.isSpecial(0) && whole.isSpecial(expected.length - 1));
      assertTrue(!whole.isSpecial(1) && !whole.isSpecial(expected.length - 2));
      assertEquals("[EOS]", whole.tokens().get(expected.length - 1));
      assertEquals(text.length(), whole.end(expected.length - 2));
    }
  }
}
