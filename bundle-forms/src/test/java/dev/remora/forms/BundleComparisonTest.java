package dev.remora.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.BundleDrift.Difference;
import dev.remora.bundle.BundleDrift.Part;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import dev.remora.forms.compare.BundleComparison;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.NormalizerSpec;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What differs in which file, for each kind of file and difference. */
class BundleComparisonTest {
  private static final String TINY = new String(TinyTokenizers.byteLevel(), StandardCharsets.UTF_8);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static TokenizerBundle bundle(Map<String, byte[]> files) {
    TokenizerBundle.Builder bundle = TokenizerBundle.builder(Fingerprint.local());
    files.forEach(bundle::add);
    return bundle.build();
  }

  private static BundleDrift drift(String file, byte[] expected, byte[] actual) {
    Map<String, byte[]> same = Map.of("generation_config.json", utf8("{\"eos_token_id\": 1}"));
    Map<String, byte[]> one = new LinkedHashMap<>(same);
    Map<String, byte[]> two = new LinkedHashMap<>(same);
    one.put(file, expected);
    two.put(file, actual);
    return BundleComparison.compare(bundle(one), bundle(two), BuildGuard.NONE);
  }

  private static void assertDrift(BundleDrift drift, Difference... differences) {
    assertEquals(List.of(differences), drift.differences());
    assertEquals(0, drift.more());
  }

  private static void assertTinyDrift(String from, String to, Difference... differences) {
    String other = TINY.replace(from, to);
    assertTrue(!other.equals(TINY), from + " is there");
    assertDrift(drift("tokenizer.json", utf8(TINY), utf8(other)), differences);
  }

  private static Difference json(
      Part part, String member, @Nullable String expected, @Nullable String actual) {
    return difference("tokenizer.json", part, member, expected, actual);
  }

  private static Difference difference(
      String file, Part part, String member, @Nullable String expected, @Nullable String actual) {
    return new Difference(
        file, part, member, Optional.ofNullable(expected), Optional.ofNullable(actual));
  }

  @Test
  void equalBundles_haveNone() {
    TokenizerBundle one = bundle(Map.of("tokenizer.json", utf8(TINY)));
    BundleDrift drift = BundleComparison.compare(one, one, BuildGuard.NONE);
    assertTrue(drift.isNone());
    assertEquals("equal", drift.toString());
  }

  @Test
  void merge_isNamedWithItsRank() {
    assertTinyDrift(
        "\"h e\",\"l l\"", "\"l l\",\"h e\"", json(Part.MERGE, "merge 0", "h e", "l l"));
    assertTinyDrift(
        ",\"l d\"]",
        "]",
        json(Part.MERGE, "number of merges", "8", "7"),
        json(Part.MERGE, "merge 7", "l d", null));
    assertTinyDrift("\"o r\"", "\"o rr\"", json(Part.MERGE, "merge 5", "o r", "o rr"));
    assertTinyDrift("\"o r\"", "\"r o\"", json(Part.MERGE, "merge 5", "o r", "r o"));
  }

  @Test
  void specialToken_isNamedWithItsId() {
    assertTinyDrift(
        "{\"id\":265,\"content\":\"</s>\"",
        "{\"id\":265,\"content\":\"<|end|>\"",
        json(Part.SPECIAL_TOKEN, "added_tokens.265.content", "\"</s>\"", "\"<|end|>\""));
    assertTinyDrift(
        ",\n{\"id\":265,\"content\":\"</s>\",\"single_word\":false,\"lstrip\":false,"
            + "\"rstrip\":false,\n\"normalized\":false,\"special\":true}",
        "",
        json(
            Part.SPECIAL_TOKEN,
            "added_tokens.265",
            "{\"id\": 265, \"content\": \"</s>\", \"single_word\": false, \"lstrip\": false, "
                + "\"rstrip\": false, \"normalized\": false, \"special\": true}",
            null));
  }

  @Test
  void vocabulary_itsSizeAndTokensAreNamed() {
    assertTinyDrift("\"ld\":263", "\"lx\":263", json(Part.TOKEN, "id 263", "ld", "lx"));
    assertTinyDrift(
        "\"ld\":263",
        "\"ld\":263,\"xy\":264",
        json(Part.VOCABULARY_SIZE, "", "264", "265"),
        json(Part.TOKEN, "id 264", null, "xy"));
    assertTinyDrift(
        ",\"ld\":263",
        "",
        json(Part.VOCABULARY_SIZE, "", "264", "263"),
        json(Part.TOKEN, "id 263", "ld", null));
  }

  /** One id with two tokens is a member less for who looks at the ids alone. */
  @Test
  void secondTokenOfAnId_isSeen() {
    assertTinyDrift("\"ld\":263", "\"xy\":263,\"ld\":263", json(Part.TOKEN, "id 263", "ld", "xy"));
    BundleDrift drift =
        drift(
            "tokenizer.json",
            utf8(TINY.replace("\"ld\":263", "\"xy\":263,\"ld\":263")),
            utf8(TINY));
    assertDrift(drift, json(Part.TOKEN, "id 263", "xy", "ld"));
  }

  @Test
  void component_isNamedByItsPath() {
    assertTinyDrift(
        "\"ByteLevel\",\"add_prefix_space\":false",
        "\"ByteLevel\",\"add_prefix_space\":true",
        json(Part.CONFIG, "pre_tokenizer.add_prefix_space", "false", "true"));
    assertTinyDrift(
        "\"ignore_merges\":false",
        "\"ignore_merges\":true",
        json(Part.CONFIG, "model.ignore_merges", "false", "true"));
    assertTinyDrift(
        "\"single\":[{\"SpecialToken\":{\"id\":\"<s>\",\"type_id\":0}},",
        "\"single\":[",
        json(
            Part.CONFIG,
            "post_processor.single[0].SpecialToken",
            "{\"id\": \"<s>\", \"type_id\": 0}",
            null),
        json(
            Part.CONFIG,
            "post_processor.single[0].Sequence",
            null,
            "{\"id\": \"A\", \"type_id\": 0}"),
        json(
            Part.CONFIG,
            "post_processor.single[1]",
            "{\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}",
            null));
  }

  @Test
  void spelling_isToldFromMeaning() {
    String spaced = TINY.replace("\"normalizer\":null", "\"normalizer\" : null");
    assertDrift(
        drift("tokenizer.json", utf8(TINY), utf8(spaced)),
        json(Part.SPELLING, "", utf8(TINY).length + " bytes", (utf8(TINY).length + 2) + " bytes"));
  }

  @Test
  void config_itsKeysTokensAndTemplateAreNamed() {
    String one =
        "{\"model_max_length\": 1, \"eos_token\": \"</s>\", \"add_bos_token\": true,"
            + " \"chat_template\": \"a\\nb\\nc\\n\"}";
    String two =
        "{\"model_max_length\": 2, \"eos_token\": {\"content\": \"x\"}, \"chat_template\":"
            + " \"a\\nx\\nc\\n\"}";
    String file = "tokenizer_config.json";
    assertDrift(
        drift(file, utf8(one), utf8(two)),
        difference(file, Part.CONFIG, "model_max_length", "1", "2"),
        difference(file, Part.SPECIAL_TOKEN, "eos_token", "\"</s>\"", "{\"content\": \"x\"}"),
        difference(file, Part.CONFIG, "add_bos_token", "true", null),
        difference(file, Part.TEMPLATE, "chat_template line 2", "b\n", "x\n"));
    assertDrift(
        drift("config.json", utf8("{\"eos_token_id\": [1, 2]}"), utf8("{\"eos_token_id\": [1]}")),
        difference("config.json", Part.SPECIAL_TOKEN, "eos_token_id[1]", "2", null));
    assertDrift(
        drift("added_tokens.json", utf8("{\"<x>\": 7}"), utf8("{\"<x>\": 8}")),
        difference("added_tokens.json", Part.SPECIAL_TOKEN, "<x>", "7", "8"));
  }

  @Test
  void template_anyDifferenceIsSeen() {
    String file = "chat_template.jinja";
    assertDrift(
        drift(file, utf8("a\nb"), utf8("a\nb\n")),
        difference(file, Part.TEMPLATE, "chat_template line 2", "b", "b\n"));
    assertDrift(
        drift(file, utf8("a\n"), utf8("a\nb\n")),
        difference(file, Part.TEMPLATE, "chat_template line 2", null, "b\n"));
    assertDrift(
        drift(file, utf8("a\r\n"), utf8("a\n")),
        difference(file, Part.TEMPLATE, "chat_template line 1", "a\r\n", "a\n"));
  }

  @Test
  void otherForms_areLookedInto() {
    assertDrift(
        drift("vocab.json", utf8("{\"a\": 0, \"b\": 1}"), utf8("{\"a\": 0, \"c\": 1}")),
        difference("vocab.json", Part.TOKEN, "id 1", "b", "c"));
    assertDrift(
        drift("merges.txt", utf8("#version: 0.2\na b\nc d\n"), utf8("#version: 0.2\na b\nc e\n")),
        difference("merges.txt", Part.MERGE, "merge 1", "c d", "c e"));
    assertDrift(
        drift("x.tiktoken", utf8("YQ== 0\nYg== 1\n"), utf8("YQ== 0\nYw== 1\n")),
        difference("x.tiktoken", Part.TOKEN, "id 1", "b", "c"));
  }

  @Test
  void sentencePieceModel_itsPiecesScoresTypesAndHeaderAreNamed() {
    ModelProto model =
        ModelProto.newBuilder()
            .addPieces(SentencePiece.newBuilder().setPiece("a").setScore(1))
            .addPieces(SentencePiece.newBuilder().setPiece("b").setScore(2))
            .build();
    ModelProto other =
        ModelProto.newBuilder()
            .addPieces(SentencePiece.newBuilder().setPiece("a").setScore(3))
            .addPieces(
                SentencePiece.newBuilder()
                    .setPiece("c")
                    .setScore(2)
                    .setType(SentencePiece.Type.CONTROL))
            .setNormalizerSpec(NormalizerSpec.newBuilder().setAddDummyPrefix(false))
            .build();
    String file = "tokenizer.model";
    assertDrift(
        drift(file, model.toByteArray(), other.toByteArray()),
        difference(file, Part.CONFIG, "type.1", null, "\"CONTROL\""),
        difference(file, Part.CONFIG, "add_dummy_prefix", "true", "false"),
        difference(file, Part.TOKEN, "score of id 0", "1.0", "3.0"),
        difference(file, Part.TOKEN, "id 1", "b", "c"));
  }

  @Test
  void fileOfOneSide_andWhatIsNotKept() {
    TokenizerBundle one = bundle(Map.of("a.bin", utf8("1"), "config.json", utf8("{}")));
    TokenizerBundle two = bundle(Map.of("a.bin", utf8("22"), "x.json", utf8("{}")));
    BundleDrift drift = BundleComparison.compare(one, two, BuildGuard.NONE);
    assertEquals(
        List.of(Part.CONTENT, Part.FILE, Part.FILE),
        drift.differences().stream().map(Difference::part).toList());
    assertEquals(
        difference("config.json", Part.FILE, "", "2 bytes", null), drift.differences().get(1));
    assertEquals(difference("x.json", Part.FILE, "", null, "2 bytes"), drift.differences().get(2));
    assertEquals(drift, BundleComparison.compare(one.files(), two.files()));
  }

  @Test
  void brokenFile_isOneOfOtherContent() {
    BundleDrift drift = drift("tokenizer.json", utf8(TINY), utf8("{"));
    assertEquals(Part.CONTENT, drift.differences().get(0).part());
    assertEquals(1, drift.differences().size());
  }

  @Test
  void otherVocabulary_isBounded() {
    StringBuilder one = new StringBuilder("{\"x\": 100000");
    StringBuilder two = new StringBuilder("{\"x\": 100000");
    for (int id = 0; id < 10_000; id++) {
      one.append(",\"a").append(id).append("\":").append(id);
      two.append(",\"b").append(id).append("\":").append(id);
    }
    BundleDrift drift = drift("vocab.json", utf8(one + "}"), utf8(two + "}"));
    assertEquals(5, drift.differences().size());
    assertEquals(9_995, drift.more());
    assertTrue(drift.toString().endsWith("; and 9995 more"), drift.toString());
  }

  @Test
  void guard_endsIt() {
    TokenizerBundle one = bundle(Map.of("tokenizer.json", utf8(TINY)));
    TokenizerBundle two = bundle(Map.of("tokenizer.json", utf8(TINY + " ")));
    assertThrows(
        IllegalStateException.class,
        () ->
            BundleComparison.compare(
                one,
                two,
                () -> {
                  throw new IllegalStateException("the end");
                }));
  }

  @Test
  void values_areCutAndPrintedOnOneLine() {
    Difference difference =
        difference("a\nb", Part.CONFIG, "m\n", "x".repeat(1_000), "y\n\u001b[1m");
    assertEquals(201, difference.expected().orElseThrow().length());
    assertTrue(
        difference.toString().startsWith("a\\nb m\\n is y\\n\\u001b[1m, not xxx"),
        difference.toString());
  }
}
