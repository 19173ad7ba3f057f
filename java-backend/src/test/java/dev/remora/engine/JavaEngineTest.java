package dev.remora.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.remora.BundleException;
import dev.remora.EngineException;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.engine.Engines;
import dev.remora.core.engine.TokenizerDefinition;
import dev.remora.djl.DjlEngine;
import dev.remora.djl.contract.ContractBundle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine declines, and what it must do beside the contract. */
final class JavaEngineTest {
  private static final JavaEngine ENGINE = new JavaEngine();

  private static String json(ContractBundle bundle) {
    return new String(bundle.json(), StandardCharsets.UTF_8);
  }

  private static TokenizerDefinition definition(String json) {
    return TestVocabulary.definition(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void installed_withDjl_goesFirst() {
    assertEquals(
        List.of("java", "djl"), Engines.installed().stream().map(engine -> engine.name()).toList());
  }

  @ParameterizedTest
  @EnumSource
  void reasonToDecline_knownKind_isNone(TestVocabulary vocabulary) {
    assertEquals(Optional.empty(), ENGINE.reasonToDecline(vocabulary.definition()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "normalizer     | {\"type\":\"NFKC\"} | the normalizer NFKC is not known",
        "normalizer     | {\"type\":\"Replace\",\"pattern\":{\"Regex\":\"a\"},\"content\":\"b\"}"
            + " | the normalizer.pattern has no string in String",
        "pre_tokenizer  | {\"type\":\"Whitespace\"} | the pre-tokenizer Whitespace is not known",
        "pre_tokenizer  | {\"type\":\"Split\",\"pattern\":{\"String\":\"a\"},"
            + "\"behavior\":\"Isolated\",\"invert\":false}"
            + " | the pre-tokenizer is a sequence that is not known",
        "post_processor | {\"type\":\"RobertaProcessing\"}"
            + " | the post-processor RobertaProcessing is not known",
        "decoder        | {\"type\":\"WordPiece\"}"
            + " | the decoder is not ByteLevel as the pre-tokenizer is",
        "decoder        | null | there is no decoder"
      })
  void reasonToDecline_unknownComponent_namesIt(String name, String value, String reason) {
    String json = TestVocabulary.replaceMember(json(ContractBundle.BYTE_LEVEL), name, value);
    assertEquals(Optional.of(reason), ENGINE.reasonToDecline(definition(json)));
  }

  @Test
  void reasonToDecline_unknownRegex_showsIt() {
    String json = json(ContractBundle.BYTE_LEVEL).replace("\\\\p{N}{1,3}", "\\\\p{N}{1,4}");
    String reason = ENGINE.reasonToDecline(definition(json)).orElseThrow();
    assertEquals(true, reason.contains("a regex that is not known"), reason);
    assertEquals(true, reason.contains("\\p{N}{1,4}"), reason);
  }

  @Test
  void reasonToDecline_twoOfDeepSeeksRegexes_isNotKnown() {
    TokenizerDefinition whole = TestVocabulary.DEEPSEEK.definition();
    assertEquals(Optional.empty(), ENGINE.reasonToDecline(whole));
    String json = new String(whole.json(), StandardCharsets.UTF_8);
    int from = json.indexOf("{\"type\":\"Split\"");
    int to = json.indexOf("{\"type\":\"Split\"", from + 1);
    String reason =
        ENGINE.reasonToDecline(definition(json.substring(0, from) + json.substring(to))).orElse("");
    assertTrue(reason.contains("a regex that is not known: [一-龥"), reason);
    String inverted =
        json.replaceFirst("\"Isolated\",\"invert\":false", "\"Removed\",\"invert\":true");
    assertEquals(
        Optional.of("the pre-tokenizer.pretokenizers has the behavior Removed"),
        ENGINE.reasonToDecline(definition(inverted)));
  }

  @Test
  void reasonToDecline_byteLevelBetweenSplits_isDeclined() {
    String part = "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"use_regex\":false}";
    String split =
        "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"a\"},\"behavior\":\"Isolated\",\"invert\":false}";
    String sequence =
        "{\"type\":\"Sequence\",\"pretokenizers\":[%s,%s,%s]}".formatted(split, part, part);
    String json =
        TestVocabulary.replaceMember(json(ContractBundle.BYTE_LEVEL), "pre_tokenizer", sequence);
    assertEquals(
        Optional.of("the pre-tokenizer.pretokenizers stands between a Split and a ByteLevel"),
        ENGINE.reasonToDecline(definition(json)));
  }

  @Test
  void reasonToDecline_dropout_isRandom() {
    String json = json(ContractBundle.BYTE_LEVEL).replace("\"dropout\":null", "\"dropout\":0.1");
    assertEquals(
        Optional.of("the model has dropout: its ids are random"),
        ENGINE.reasonToDecline(definition(json)));
    assertThrows(EngineException.class, () -> ENGINE.open(definition(json)));
  }

  @Test
  void decode_addedTokensBetweenThoseOfTheModel_isTheReferences() {
    String json = json(ContractBundle.BYTE_LEVEL).replace("\"ā\":1,", "\"ā\":5000,");
    TokenizerDefinition definition = definition(json);
    int added = definition.addedTokens().get(0).id();
    assertTrue(added < 5000, "the added token stands behind the model's");
    int[] ids = {added, 5000, 40, added, 5000};
    try (EngineSession session = ENGINE.open(definition);
        Reference reference = Reference.of(json)) {
      assertEquals(reference.decode(ids, false), session.decode(ids, false));
      assertEquals(reference.decode(ids, true), session.decode(ids, true));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2097150 | the model has more than 1,048,576 ids without a token",
        "2097151 | the model has ids above 2,097,150"
      })
  void reasonToDecline_idFarAboveTheOthers_isDeclined(int id, String reason) {
    String json = json(ContractBundle.BYTE_LEVEL).replace("\"ā\":1,", "\"ā\":" + id + ",");
    assertEquals(Optional.of(reason), ENGINE.reasonToDecline(definition(json)));
  }

  @Test
  void reasonToDecline_longAddedToken_isDeclined() {
    String eos = "\"content\":\"<|end|>\"";
    String json = json(ContractBundle.BYTE_LEVEL);
    String passes = json.replace(eos, eos.replace("<|end|>", "s".repeat(1024)));
    String fails = json.replace(eos, eos.replace("<|end|>", "s".repeat(1025)));
    assertEquals(Optional.empty(), ENGINE.reasonToDecline(definition(passes)));
    assertTrue(ENGINE.reasonToDecline(definition(fails)).orElseThrow().endsWith("is too long"));
  }

  @Test
  void reasonToDecline_noByteFallback_isNeitherKind() {
    String json =
        json(ContractBundle.BYTE_FALLBACK)
            .replace("\"byte_fallback\":true", "\"byte_fallback\":false");
    assertEquals(
        Optional.of("the model is neither byte-level nor of characters with byte fallback"),
        ENGINE.reasonToDecline(definition(json)));
  }

  @Test
  void reasonToDecline_idOfTwoTokens_isDeclined() {
    String json =
        json(ContractBundle.BYTE_LEVEL).replaceFirst("\"vocab\":\\{", "\"vocab\":{\"zqzq\":5,");
    assertEquals(
        Optional.of("the model has an id of two tokens, a token twice, or an empty token"),
        ENGINE.reasonToDecline(definition(json)));
  }

  @Test
  void reasonToDecline_tokenOfTwoIds_isDeclined() {
    String json =
        json(ContractBundle.BYTE_LEVEL).replaceFirst("\"vocab\":\\{", "\"vocab\":{\"a\":5000,");
    assertEquals(
        Optional.of("the model has an id of two tokens, a token twice, or an empty token"),
        ENGINE.reasonToDecline(definition(json)));
  }

  @Test
  void open_mergeOfUnknownToken_isRefused() {
    String json =
        json(ContractBundle.BYTE_LEVEL)
            .replaceFirst("\"merges\":\\[", "\"merges\":[[\"zqzq\",\"a\"],");
    assertThrows(BundleException.class, () -> ENGINE.open(definition(json)));
  }

  /** What was not counted was not encoded: the count of a far longer text is no higher. */
  @Test
  void countUpTo_longText_stopsEarly() {
    try (EngineSession session = ENGINE.open(TestVocabulary.LLAMA3.definition())) {
      int stopped = session.countUpTo("word 7 ".repeat(100_000), false, 50);
      assertEquals(true, stopped > 50 && stopped < 200, "counted to " + stopped);
    }
  }

  /** A word may be a token that no merges make; the same characters within a word may not. */
  @Test
  void encode_tokenThatNoMergesMakeWithinWord_isMerged() {
    String token = "\u7684\u7684";
    String json =
        json(ContractBundle.BYTE_LEVEL)
            .replace("\"ignore_merges\":false", "\"ignore_merges\":true")
            .replace("\"vocab\":{", "\"vocab\":{\"" + spelled(token) + "\":427,")
            .replace("<|begin|>\",\"ids\":[427]", "<|begin|>\",\"ids\":[430]")
            .replace("{\"id\":427,", "{\"id\":430,");
    try (EngineComparison comparison =
        new EngineComparison(definition(json), new DjlEngine(), failure -> fail(failure))) {
      for (int time = 0; time < 2; time++) {
        comparison.text(token, false, true);
        comparison.text("\u4E2D\u56FD" + token + "\u4E2D\u56FD\u4E2D\u56FD", false, true);
      }
    }
  }

  private static String spelled(String token) {
    StringBuilder spelled = new StringBuilder();
    for (byte value : token.getBytes(StandardCharsets.UTF_8)) {
      spelled.append(ByteLevelAlphabet.charOf(value & 0xFF));
    }
    return spelled.toString();
  }

  @Test
  void encode_longTextsBetweenShortOnes_leavesNoTrace() {
    try (EngineSession session = ENGINE.open(TestVocabulary.LLAMA3.definition())) {
      int[] before = session.encode("one two 3", false);
      session.encode("x".repeat(2_000_000), false);
      session.encode("e\u0301 ".repeat(500_000), false);
      assertArrayEquals(before, session.encode("one two 3", false));
    }
  }
}
