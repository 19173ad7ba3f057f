package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What would end or exhaust the process is declined, and really would. */
final class SafeDefinitionTest {
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

  static Stream<String> exhausting() {
    String byteLevel =
        "{\"type\": \"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": true}";
    String text = "{\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}";
    String nfkd = "{\"type\": \"NFKD\"}";
    return Stream.of(
        json(
            "pre_tokenizer",
            "{\"type\": \"Sequence\", \"pretokenizers\": [%s, %s]}"
                .formatted(byteLevel, byteLevel)),
        template(text + ", " + text, ""),
        json(
            "normalizer",
            "{\"type\": \"Sequence\", \"normalizers\": [%s]}"
                .formatted(String.join(", ", Collections.nCopies(3, nfkd)))),
        json(
            "normalizer",
            "{\"type\": \"Sequence\", \"normalizers\": [%s]}"
                .formatted(String.join(", ", Collections.nCopies(13, "{\"type\": \"NFC\"}")))),
        split(".*.*(?<!.)"),
        split("(?<x>a\\\\g<x>?)b"),
        json(
            "decoder",
            """
            {"type": "Replace", "pattern": {"Regex": "(a+)+b"}, "content": "x"}"""));
  }

  @ParameterizedTest
  @MethodSource("exhausting")
  void definition_thatMultipliesOrTakesTooLong_isDeclined(String json) {
    assertTrue(decline(json).isPresent());
  }

  @Test
  void addedTokens_beyondTheirBound_areDeclined() {
    String token =
        """
        {"id": %d, "content": "<%d>", "single_word": false, "lstrip": false, "rstrip": false,
         "normalized": false, "special": false}""";
    String tokens =
        IntStream.rangeClosed(0, 1 << 13)
            .mapToObj(id -> token.formatted(id, id))
            .collect(Collectors.joining(",", "[", "]"));
    assertEquals(
        Optional.of("8,193 added tokens are more than 8,192, and take their square"),
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
        json(
            "normalizer",
            """
            {"type": "Sequence", "normalizers": [
             {"type": "Prepend", "prepend": ""}, {"type": "NFC"}]}"""),
        split("(".repeat(20_000) + "a" + ")".repeat(20_000)),
        split("(?:a|a)".repeat(30) + "[bc]"),
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
    assertTrue(result.exitCode() > 128, result.output()); // by a signal
  }

  @Test
  void refusal_templateWithMoreIdsThanTokens_isGiven() {
    String bos = "{\"SpecialToken\": {\"id\": \"<s>\", \"type_id\": 0}}";
    String two = "\"<s>\": {\"id\": \"<s>\", \"ids\": [0, 1], \"tokens\": [\"a\"]}";
    String high = "\"<s>\": {\"id\": \"<s>\", \"ids\": [4294967295], \"tokens\": [\"a\"]}";
    assertTrue(isKeptAway(template(bos, two)));
    assertTrue(isKeptAway(template(bos, high)));
    assertTrue(isKeptAway(template("{\"SpecialToken\": {\"type_id\": 0}}", "")));
  }

  @Test
  void refusal_soundBundle_isEmpty() {
    for (ContractBundle bundle : ContractBundle.values()) {
      assertEquals(Optional.empty(), SafeDefinition.refusal(bundle.definition()));
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
    return SafeDefinition.refusal(BundleForms.define(bundle));
  }

  private static String unigram(int length) {
    return """
    {"added_tokens": [], "normalizer": null, "pre_tokenizer": null, "post_processor": null,
     "decoder": null, "model": {"type": "Unigram", "unk_id": 0, "vocab": [["a", 0], ["%s", -1]]}}"""
        .formatted("b".repeat(length));
  }

  private static String added(int length, String dropout) {
    return """
    {"added_tokens": [{"id": 1, "content": "%s", "single_word": false, "lstrip": false,
      "rstrip": false, "normalized": false, "special": false}], "normalizer": null,
     "pre_tokenizer": null, "post_processor": null, "decoder": null,
     "model": {"type": "BPE", "dropout": %s, "vocab": {"a": 0}, "merges": []}}"""
        .formatted("b".repeat(length), dropout);
  }

  @Test
  void refusal_longPiece_isGiven() {
    assertEquals(Optional.empty(), decline(unigram(1024)));
    assertEquals(Optional.of("a piece has 1,025 bytes"), decline(unigram(1025)));
  }

  @Test
  void nativeLibrary_longPiece_endsTheProcess() throws Exception {
    ChildJvm jvm = new ChildJvm().option("-DOPT_OUT_TRACKING=true");
    assertNotEquals(0, jvm.run(SafeDefinitionTest.Raw.class, unigram(60_000)).exitCode());
  }

  @Test
  void nativeLibrary_longestPieceThatIsTaken_isFreed() throws Exception {
    ChildJvm jvm = new ChildJvm().option("-DOPT_OUT_TRACKING=true").option("-Xss512k");
    assertEquals(0, jvm.run(SafeDefinitionTest.Raw.class, unigram(1024)).exitCode());
  }

  @Test
  void refusal_longAddedTokens_isGiven() {
    assertEquals(Optional.empty(), decline(added(11_000, "null")));
    assertTrue(decline(added(12_000, "null")).isPresent());
  }

  @Test
  void refusal_replacementsThatMultiply_areDeclined() {
    assertEquals(Optional.empty(), decline(replacing("\"String\": \"aa\"", 512)));
    assertTrue(decline(replacing("\"String\": \"aa\"", 513)).isPresent());
    assertTrue(decline(replacing("\"Regex\": \"aa\"", 257)).isPresent());
  }

  private static String replacing(String pattern, int length) {
    String normalizer = "{\"type\": \"Replace\", \"pattern\": {%s}, \"content\": \"%s\"}";
    return added(1, "null")
        .replace(
            "\"normalizer\": null",
            "\"normalizer\": " + normalizer.formatted(pattern, "b".repeat(length)));
  }

  @Test
  void refusal_dropout_isGiven() {
    assertEquals(Optional.empty(), decline(added(1, "0.0")));
    assertEquals(
        Optional.of("with a dropout of 0.1 each encoding is another"), decline(added(1, "0.1")));
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
