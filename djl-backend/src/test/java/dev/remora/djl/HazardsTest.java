package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.remora.BundleException;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.forms.BundleForms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What would end the process is declined, and really would. */
final class HazardsTest {
  /** A tokenizer.json of three letters, with one part replaced. */
  private static String json(String part, String value) {
    String json =
        """
        {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
         "normalizer": null, "pre_tokenizer": null, "post_processor": null, "decoder": null,
         "model": {"type": "BPE", "dropout": null, "unk_token": null,
          "continuing_subword_prefix": null, "end_of_word_suffix": null, "fuse_unk": false,
          "byte_fallback": false, "vocab": {"a": 0, "b": 1, " ": 2, "ab": 3, "": 4},
          "merges": ["a b"]}}""";
    String absent = "\"" + part + "\": " + (part.equals("added_tokens") ? "[]" : "null");
    assertTrue(json.contains(absent), part);
    return json.replace(absent, "\"" + part + "\": " + value);
  }

  private static String template(String single, String specialTokens) {
    return json(
        "post_processor",
        """
        {"type": "TemplateProcessing", "single": [%s], "pair": [], "special_tokens": {%s}}"""
            .formatted(single, specialTokens));
  }

  private static String charsmap(String base64) {
    return json(
        "normalizer",
        "{\"type\": \"Precompiled\", \"precompiled_charsmap\": %s}".formatted(base64));
  }

  @Test
  void addedTokens_beyondTheirBound_areDeclined() {
    String token =
        """
        {"id": %d, "content": "<%d>", "single_word": false, "lstrip": false, "rstrip": false,
         "normalized": false, "special": false}""";
    String tokens =
        IntStream.rangeClosed(0, 1 << 15)
            .mapToObj(id -> token.formatted(id, id))
            .collect(Collectors.joining(",", "[", "]"));
    assertEquals(
        Optional.of("32,769 added tokens are more than 32,768, and take minutes"),
        decline(json("added_tokens", tokens)));
  }

  private static String replacementThenNfd(String pattern) {
    return json(
        "normalizer",
        """
        {"type": "Sequence", "normalizers": [
         {"type": "Replace", "pattern": %s, "content": "x"}, {"type": "NFD"}]}"""
            .formatted(pattern));
  }

  private static String split(String regex) {
    return json(
        "pre_tokenizer",
        """
        {"type": "Split", "pattern": {"Regex": "%s"}, "behavior": "Isolated", "invert": false}"""
            .formatted(regex));
  }

  static Stream<String> hazards() {
    String bos = "{\"SpecialToken\": {\"id\": \"<s>\", \"type_id\": 0}}";
    return Stream.of(
        template(bos, ""),
        template("{\"Sequence\": {\"id\": \"B\", \"type_id\": 0}}", ""),
        json("decoder", "{\"type\": \"Strip\", \"content\": \" \", \"start\": 0, \"stop\": 1}"),
        json("decoder", "{\"type\": \"Strip\", \"content\": \" \", \"start\": 1, \"stop\": 1}"),
        json(
            "decoder",
            """
            {"type": "Sequence", "decoders": [{"type": "Fuse"},
             {"type": "Strip", "content": " ", "start": 0, "stop": 2}]}"""),
        json(
            "post_processor",
            """
            {"type": "Sequence", "processors": [
             {"type": "TemplateProcessing", "single": [%1$s, {"Sequence": {"id": "A", "type_id": 0}},
              %1$s], "pair": [], "special_tokens": {%2$s}},
             {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}],
              "pair": [], "special_tokens": {}}]}"""
                .formatted(bos, "\"<s>\": {\"id\": \"<s>\", \"ids\": [0], \"tokens\": [\"a\"]}")),
        replacementThenNfd("{\"Regex\": \"b*\"}"),
        replacementThenNfd("{\"Regex\": \"(?=a)\"}"),
        replacementThenNfd("{\"String\": \"\"}"),
        json("continuing_subword_prefix", "\"##\""),
        json("pre_tokenizer", "{\"type\": \"FixedLength\", \"length\": 0}"),
        split("(a+a+)+c"),
        charsmap("null"),
        charsmap("\"\""),
        charsmap("\"AAAAAA==\""), // an empty trie
        charsmap("\"BAAAAP////8=\""), // a root that points far outside
        charsmap("\"BAAAAP////\""), // no Base64 that Rust takes
        json(
                "added_tokens",
                """
                [{"id": 5, "content": " ", "single_word": false, "lstrip": true, "rstrip": true,
                  "normalized": true, "special": false}]""")
            .replace(
                "\"normalizer\": null",
                """
                "normalizer": {"type": "Strip", "strip_left": true, "strip_right": true}"""));
  }

  @ParameterizedTest
  @MethodSource("hazards")
  void definition_thatWouldEndTheProcess_isDeclinedOrRefused(String json) {
    assertTrue(isKeptAway(json));
  }

  @ParameterizedTest
  @MethodSource("hazards")
  void nativeLibrary_hazard_endsTheProcess(String json) throws Exception {
    ChildJvm.Result result = new ChildJvm().option("-DOPT_OUT_TRACKING=true").run(Raw.class, json);
    assertEquals(134, result.exitCode(), result.output());
  }

  @Test
  void hazards_templateWithMoreIdsThanTokens_isGiven() {
    String bos = "{\"SpecialToken\": {\"id\": \"<s>\", \"type_id\": 0}}";
    String two = "\"<s>\": {\"id\": \"<s>\", \"ids\": [0, 1], \"tokens\": [\"a\"]}";
    String high = "\"<s>\": {\"id\": \"<s>\", \"ids\": [4294967295], \"tokens\": [\"a\"]}";
    assertTrue(isKeptAway(template(bos, two)));
    assertTrue(isKeptAway(template(bos, high)));
    assertTrue(isKeptAway(template("{\"SpecialToken\": {\"type_id\": 0}}", "")));
  }

  @Test
  void hazards_soundBundle_isEmpty() {
    for (ContractBundle bundle : ContractBundle.values()) {
      assertEquals(Optional.empty(), Hazards.of(bundle.definition()));
    }
    String bos = "{\"SpecialToken\": {\"id\": \"<s>\", \"type_id\": 0}}";
    String one = "\"<s>\": {\"id\": \"<s>\", \"ids\": [0], \"tokens\": [\"a\"]}";
    assertEquals(Optional.empty(), decline(template(bos, one)));
  }

  /** What is malformed does not even become a definition. */
  private static boolean isKeptAway(String json) {
    try {
      return decline(json).isPresent();
    } catch (BundleException e) {
      return true;
    }
  }

  private static Optional<String> decline(String json) {
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .add("tokenizer.json", json.getBytes(StandardCharsets.UTF_8))
            .build();
    return Hazards.of(BundleForms.define(bundle));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(a+)+", "(a|b)*c", "((ab*)c)+", "(?:a{1,9})+", "(x(?:y+))*", "((a|b)c){2,}"})
  void isNested_repeatedGroupThatVaries_isTrue(String regex) {
    assertTrue(Repetition.isNested(regex));
  }

  @ParameterizedTest
  @EnumSource
  void isNested_patternOfAKnownFamily_isFalse(KnownPattern pattern) {
    assertFalse(Repetition.isNested(pattern.regex));
  }

  /** The patterns that published tokenizers use. */
  enum KnownPattern {
    GPT2("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"),
    LLAMA3(
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
            + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
    O200K(
        "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
            + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}"
            + "\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}|"
            + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
    BLOOM(" ?[^(\\s|[.,!?…。，、।۔،])]+"),
    DIGITS_BY_THREE("\\d{1,3}(?=(?:\\d{3})*\\b)"),
    DEEPSEEK(
        "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?"
            + "[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
    KIMI(
        "[\\p{Han}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]*"
            + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\s+");

    private final String regex;

    KnownPattern(String regex) {
      this.regex = regex;
    }
  }

  /** Opens, encodes and decodes with DJL alone. */
  static final class Raw {
    private Raw() {}

    public static void main(String[] arguments) throws IOException {
      byte[] json = arguments[0].getBytes(StandardCharsets.UTF_8);
      try (HuggingFaceTokenizer tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false"))) {
        tokenizer.encode("a\u00e9 " + "a".repeat(64) + "b", true, false);
        for (long id = 0; id < 5; id++) {
          tokenizer.decode(new long[] {id}, false);
        }
      }
    }
  }
}
