package dev.remora.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.Encoding;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.engine.Engines;
import dev.remora.core.vocabulary.AddedToken;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine declines, and what it must do beside the contract. */
final class JavaEngineTest {
  private static final JavaEngine ENGINE = new JavaEngine();
  private static final String MODEL_ALONE =
      "{\"version\":\"1.0\",\"added_tokens\":[],\"normalizer\":null,\"pre_tokenizer\":null,"
          + "\"post_processor\":null,\"decoder\":null,\"model\":%s}";

  private static String json(ContractBundle bundle) {
    return new String(bundle.json(), StandardCharsets.UTF_8);
  }

  private static Optional<String> reasonToDecline(String json) {
    return ENGINE.consider(TestDefinitions.of(json)) instanceof EngineAnswer.Declined declined
        ? Optional.of(declined.reason())
        : Optional.empty();
  }

  private static EngineSession open(TokenizerDefinition definition) {
    return assertInstanceOf(EngineAnswer.Plan.class, ENGINE.consider(definition)).open();
  }

  @Test
  void installed_withDjl_goesFirst() {
    assertEquals(
        List.of("java", "djl"), Engines.installed().stream().map(engine -> engine.name()).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "normalizer     | {\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(?i:st)\"},\"content\":\"b\"}"
            + " | the normalizer Replace has a regex that ignores case of st,"
            + " which may be one character: (?i:st)",
        "normalizer     | {\"type\":\"Replace\",\"pattern\":{\"Regex\":\"^x*\"},\"content\":\"b\"}"
            + " | the normalizer Replace may replace the empty text: ^x*",
        "normalizer     | {\"type\":\"Replace\",\"pattern\":{\"String\":\"\"},\"content\":\"b\"}"
            + " | the normalizer Replace replaces the empty text",
        "normalizer     | {\"type\":\"Prepend\",\"prepend\":\"\"}"
            + " | the normalizer Prepend has nothing to prepend",
        "normalizer     | {\"type\":\"Precompiled\",\"precompiled_charsmap\":\"AAAA\"}"
            + " | the normalizer Precompiled has a damaged precompiled_charsmap",
        "pre_tokenizer  | {\"type\":\"FixedLength\",\"length\":0}"
            + " | the pre-tokenizer FixedLength cuts pieces of no length",
        "pre_tokenizer  | {\"type\":\"Split\",\"pattern\":{\"Regex\":\"(?i:st)\"},"
            + "\"behavior\":\"Isolated\",\"invert\":false}"
            + " | the pre-tokenizer Split has a regex that ignores case of st,"
            + " which may be one character: (?i:st)"
      })
  void consider_unknownComponent_isDeclinedByName(String name, String value, String reason) {
    String json = TestDefinitions.replaceMember(json(ContractBundle.BYTE_LEVEL), name, value);
    assertEquals(Optional.of(reason), reasonToDecline(json));
  }

  /** What the core cannot decode, the engine does. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null",
        "{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true}",
        "{\"type\":\"BPEDecoder\",\"suffix\":\"\"}"
      })
  void consider_anyDecoder_isServed(String decoder) {
    String json =
        TestDefinitions.replaceMember(json(ContractBundle.BYTE_LEVEL), "decoder", decoder);
    assertEquals(Optional.empty(), reasonToDecline(json));
  }

  @Test
  void consider_otherModel_isDeclined() {
    String model = "{\"type\":\"WordLevel\",\"vocab\":{\"a\":0},\"unk_token\":\"a\"}";
    String json = TestDefinitions.replaceMember(json(ContractBundle.BYTE_LEVEL), "model", model);
    assertEquals(
        Optional.of("the model is WordLevel, after a byte-level pre-tokenizer"),
        reasonToDecline(json));
  }

  /** At each place of a text, tokens are followed as far as they go. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[[\"u\",0],[\"%s\",0]]}",
        "{\"type\":\"WordPiece\",\"vocab\":{\"u\":0,\"%s\":1},\"unk_token\":\"u\","
            + "\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100000}"
      })
  void consider_modelWithALongToken_isDeclinedAboveItsBound(String model) {
    String longest = MODEL_ALONE.replace("%s", model);
    assertEquals(Optional.empty(), reasonToDecline(longest.replace("%s", "a".repeat(4096))));
    assertEquals(
        Optional.of("the model has a token of 4,097 bytes"),
        reasonToDecline(longest.replace("%s", "a".repeat(4097))));
  }

  @Test
  void consider_regexThatCannotBeRead_isDeclinedWithThePlace() {
    String json = json(ContractBundle.BYTE_LEVEL).replace("\\\\p{N}{1,3}", "\\\\R");
    String reason = reasonToDecline(json).orElseThrow();
    assertTrue(reason.contains("has an escape that is not known at "), reason);
    assertTrue(reason.contains("|\\R|"), reason);
  }

  @Test
  void consider_dropout_isDeclinedAsRandom() {
    String json = json(ContractBundle.BYTE_LEVEL).replace("\"dropout\":null", "\"dropout\":0.1");
    assertEquals(Optional.of("the model has dropout: its ids are random"), reasonToDecline(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2097150 | the model has more than 1,048,576 ids without a token",
        "2097151 | the model has ids above 2,097,150"
      })
  void consider_idFarAboveTheOthers_isDeclined(int id, String reason) {
    String json = json(ContractBundle.BYTE_LEVEL).replace("\"ā\":1,", "\"ā\":" + id + ",");
    assertEquals(Optional.of(reason), reasonToDecline(json));
  }

  @Test
  void consider_longAddedToken_isDeclined() {
    String eos = "\"content\":\"<|end|>\"";
    String json = json(ContractBundle.BYTE_LEVEL);
    String passes = json.replace(eos, eos.replace("<|end|>", "s".repeat(1024)));
    String fails = json.replace(eos, eos.replace("<|end|>", "s".repeat(1025)));
    assertEquals(Optional.empty(), reasonToDecline(passes));
    assertTrue(reasonToDecline(fails).orElseThrow().endsWith("is too long"));
  }

  @ParameterizedTest
  @CsvSource({"zqzq, 5", "a, 5000"})
  void consider_idOfTwoTokensOrTokenOfTwoIds_isDeclined(String token, int id) {
    String entry = "\"vocab\":{\"%s\":%d,".formatted(token, id);
    String json = json(ContractBundle.BYTE_LEVEL).replaceFirst("\"vocab\":\\{", entry);
    assertEquals(
        Optional.of("the model has an id of two tokens, or a token twice"), reasonToDecline(json));
  }

  @Test
  void open_mergeOfUnknownToken_isRefused() {
    String json =
        json(ContractBundle.BYTE_LEVEL)
            .replaceFirst("\"merges\":\\[", "\"merges\":[[\"zqzq\",\"a\"],");
    assertThrows(BundleException.class, () -> open(TestDefinitions.of(json)));
  }

  /** What was not counted was not encoded: the count of a far longer text is no higher. */
  @Test
  void countUpTo_longText_stopsEarly() {
    try (EngineSession session = open(ContractBundle.BYTE_LEVEL.definition())) {
      int stopped = session.countUpTo("word 7 ".repeat(100_000), false, 50);
      assertTrue(stopped > 50 && stopped < 200, "counted to " + stopped);
    }
  }

  /** The bound of a call is its own. */
  @Test
  void encode_afterBoundedCount_isWhole() {
    try (EngineSession session = open(ContractBundle.BYTE_LEVEL.definition())) {
      String text = "word 7 ".repeat(1_000);
      int count = session.count(text, false);
      session.countUpTo(text, false, 50);
      assertEquals(count, session.encode(text, false).length);
      session.countUpTo(text, false, 50);
      Encoding encoding = new Encoding(new int[count], () -> session.details(text, false));
      assertEquals(count, encoding.tokens().size());
    }
  }

  /**
   * The ids are those of the same tokenizer without added tokens; others are found all the same.
   */
  @ParameterizedTest
  @EnumSource
  void encode_splitSpecialTokens_areLikeOtherText(ContractBundle bundle) {
    TokenizerDefinition definition =
        TestDefinitions.of(json(bundle), "{\"split_special_tokens\":true}");
    String without = TestDefinitions.replaceMember(json(bundle), "added_tokens", "[]");
    try (EngineSession session = open(definition);
        EngineSession whole = open(bundle.definition());
        Reference reference = Reference.of(without)) {
      for (AddedToken token : definition.addedTokens()) {
        String text = "one " + token.content() + " two" + token.content();
        int[] ids = session.encode(text, false);
        int[] wholeIds = whole.encode(text, false);
        assertArrayEquals(token.special() ? reference.encode(text, false) : wholeIds, ids);
        assertEquals(token.special(), !Arrays.equals(wholeIds, ids), text);
      }
    }
  }

  @Test
  void encode_longTextsBetweenShortOnes_leavesNoTrace() {
    try (EngineSession session = open(ContractBundle.BYTE_LEVEL.definition())) {
      int[] before = session.encode("one two 3", false);
      session.encode("x".repeat(2_000_000), false);
      session.encode("e\u0301 ".repeat(500_000), false);
      assertArrayEquals(before, session.encode("one two 3", false));
    }
  }
}
