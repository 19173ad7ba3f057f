package dev.remora.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.json.TokenizerJsonWriter;
import dev.remora.core.vocabulary.AddedToken;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerJsonFormTest {
  private static TokenizerDefinition define(String json) {
    return TinyTokenizers.define(json.getBytes(UTF_8));
  }

  @Test
  void byteLevel_isSplit() {
    TokenizerDefinition definition = TinyTokenizers.define(TinyTokenizers.byteLevel());
    assertEquals(266, definition.vocabulary().size());
    assertEquals(OptionalInt.of(259), definition.vocabulary().idOf("hello"));
    assertEquals(Optional.of("Ġwor"), definition.vocabulary().tokenOf(262));
    assertEquals(Optional.of("<s>"), definition.vocabulary().tokenOf(264));
    assertEquals(Optional.empty(), definition.vocabulary().tokenOf(266));
    assertEquals(8, ((Model.Bpe) definition.model()).merges().count());
    assertEquals("hell|o", TinyTokenizers.merges(definition).get(3));
    assertEquals(
        List.of(new Decoder.ByteLevel(new ByteLevelSettings(true, true, true))),
        definition.decoders());
    assertEquals(Optional.empty(), definition.normalizer());
    assertEquals(Map.of("<s>", 264, "</s>", 265), definition.specialTokens().all());
    assertFalse(((Model.Bpe) definition.model()).ignoreMerges());
  }

  @Test
  void mergesAsPairs_withSpacesAndEscapes_areRead() {
    TokenizerDefinition definition =
        define(
            """
            {"model": {"vocab": {"a": 0, "\\"": 1, "\\u0120\\ud83d\\ude00": 2, "é": 3},
             "merges": [["a b", "\\\\"], ["\\"x", "\\u00e9é"], ["a", "b"]]}}
            """);
    assertEquals(List.of("a b|\\", "\"x|éé", "a|b"), TinyTokenizers.merges(definition));
    assertEquals(OptionalInt.of(1), definition.vocabulary().idOf("\""));
    assertEquals(OptionalInt.of(2), definition.vocabulary().idOf("Ġ😀"));
  }

  @Test
  void mergesAsLines_versionLineIsPassedOver() {
    assertEquals(
        List.of("a|b"),
        TinyTokenizers.merges(
            define("{\"model\":{\"vocab\":{},\"merges\":[\"#version: 0.2\",\"a b\"]}}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "[\"a b\"",
        "[\"ab\"]",
        "[\"a b c\"]",
        "[[\"a\"]]",
        "[[\"a\",\"b\",\"c\"]]",
        "[1]"
      })
  void merge_thatIsNotTwoTokens_isRefused(String merges) {
    String json = "{\"model\":{\"vocab\":{},\"merges\":%s}}".formatted(merges);
    assertThrows(BundleException.class, () -> define(json));
  }

  @Test
  void keysInsideTheVocabulary_areTokensAndNotMembers() {
    TokenizerDefinition definition =
        define("{\"model\":{\"merges\":[],\"vocab\":{\"merges\":0,\"vocab\":1,\"truncation\":2}}}");
    assertEquals(3, definition.vocabulary().size());
    assertEquals(0, ((Model.Bpe) definition.model()).merges().count());
  }

  @Test
  void typeOfTheModel_isDeducedAsTokenizersDoes() {
    assertEquals("WordPiece", TinyTokenizers.define(TinyTokenizers.wordPiece()).model().name());
    assertEquals("Unigram", TinyTokenizers.define(TinyTokenizers.unigram()).model().name());
    assertEquals("Unigram", define("{\"model\":{\"vocab\":[[\"a\",-1.5]]}}").model().name());
    assertEquals("BPE", define("{\"model\":{\"vocab\":{},\"merges\":[]}}").model().name());
    assertEquals(
        "WordLevel", define("{\"model\":{\"vocab\":{},\"unk_token\":\"a\"}}").model().name());
  }

  @Test
  void truncationAndPadding_areTurnedOff() {
    String json =
        "{\"truncation\": {\"max_length\": 1, \"stride\": 4}, \"padding\":{},"
            + "\"model\":{\"vocab\":{},\"merges\":[]}}";
    String written = new String(TokenizerJsonWriter.write(define(json)), UTF_8);
    assertTrue(written.contains("\"truncation\":null,\"padding\":null,"), written);
  }

  /** What is written for DJL is read again as what it was. */
  @Test
  void everyComponent_writtenAndRead_isTheSame() {
    String components =
        """
        "normalizer":{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"NFD"},
        {"type":"NFKC"},{"type":"NFKD"},{"type":"Lowercase"},{"type":"StripAccents"},
        {"type":"Nmt"},{"type":"ByteLevel"},{"type":"Strip","strip_left":true,"strip_right":false},
        {"type":"Prepend","prepend":"\\u0001\\"\\\\"},
        {"type":"Replace","pattern":{"Regex":"a+"},"content":""},
        {"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":false,
        "strip_accents":null,"lowercase":false},{"type":"Precompiled","precompiled_charsmap":"YQ"},
        {"type":"Sequence","normalizers":[]}]},
        "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"BertPreTokenizer"},
        {"type":"Whitespace"},{"type":"WhitespaceSplit"},{"type":"UnicodeScripts"},
        {"type":"CharDelimiterSplit","delimiter":"🦈"},{"type":"Digits","individual_digits":true},
        {"type":"Punctuation","behavior":"Contiguous"},{"type":"FixedLength","length":3},
        {"type":"Metaspace","replacement":"▁","add_prefix_space":true},
        {"type":"ByteLevel","add_prefix_space":true,"trim_offsets":false},
        {"type":"Split","pattern":{"String":" "},"behavior":"MergedWithNext","invert":true}]},
        "post_processor":{"type":"Sequence","processors":[
        {"type":"BertProcessing","sep":["s",1],"cls":["c",0]},
        {"type":"RobertaProcessing","sep":["s",1],"cls":["c",0],"trim_offsets":false,
        "add_prefix_space":false},
        {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"c","type_id":3}},
        {"Sequence":{"id":"B","type_id":1}}],"pair":[],
        "special_tokens":{"c":{"id":"c","ids":[0,1],"tokens":["c","s"]}}}]},
        "decoder":{"type":"Sequence","decoders":[{"type":"ByteFallback"},{"type":"Fuse"},
        {"type":"WordPiece","prefix":"##","cleanup":false},{"type":"BPEDecoder","suffix":"</w>"},
        {"type":"Strip","content":"é","start":2,"stop":1},
        {"type":"CTC","pad_token":"p","word_delimiter_token":"|","cleanup":true},
        {"type":"Replace","pattern":{"String":"▁"},"content":" "},
        {"type":"Metaspace","replacement":"▁","prepend_scheme":"never","split":false}]},
        """;
    for (String model :
        List.of(
            "{\"vocab\":[[\"c\",-1.5],[\"s\",1e-7]],\"unk_id\":1,\"byte_fallback\":true}",
            "{\"vocab\":{\"c\":0,\"s\":1},\"merges\":[[\"c\",\"s\"]],\"dropout\":0.5}",
            "{\"vocab\":{\"c\":0,\"s\":1},\"unk_token\":\"c\"}")) {
      TokenizerDefinition once = define("{" + components + "\"model\":" + model + "}");
      TokenizerDefinition again = TinyTokenizers.define(TokenizerJsonWriter.write(once));
      assertEquals(once.normalizer(), again.normalizer());
      assertEquals(once.preTokenizer(), again.preTokenizer());
      assertEquals(once.postProcessor(), again.postProcessor());
      assertEquals(once.decoder(), again.decoder());
      assertEquals(14, once.normalizers().size() + 1);
      assertArrayEquals(TokenizerJsonWriter.write(once), TokenizerJsonWriter.write(again));
    }
  }

  /** One string a merge is read faster; only pairs can hold spaces, or what begins a version. */
  @Test
  void merges_areWrittenAsLinesWhereTheyFit() {
    assertEquals("[\"# version\",\"a b\"]", written("[[\"#\",\"version\"],\"a b\"]"));
    assertEquals("[[\"a\",\"b c\"],[\"a\",\"b\"]]", written("[[\"a\",\"b c\"],\"a b\"]"));
    assertEquals("[[\"#version\",\"b\"]]", written("[[\"#version\",\"b\"]]"));
    assertEquals("[[\"\",\"b\"]]", written("[[\"\",\"b\"]]"));
    assertEquals("[]", written("[]"));
  }

  private static String written(String merges) {
    String model = "{\"model\":{\"vocab\":{},\"merges\":%s}}".formatted(merges);
    String json = new String(TokenizerJsonWriter.write(define(model)), UTF_8);
    return json.substring(json.indexOf("\"merges\":") + 9, json.length() - 2);
  }

  @Test
  void addedToken_getsTheIdThatTokenizersGivesIt() {
    TokenizerDefinition definition =
        define(
            """
            {"added_tokens": [{"id": 77, "content": "<x>", "special": true},
             {"id": 1, "content": "b"}, {"id": 99, "content": "<y>"}, {"id": 5, "content": ""}],
             "model": {"vocab": {"a": 0, "b": 1, "c": 2}, "merges": []}}
            """);
    assertEquals(List.of(3, 1, 4), definition.addedTokens().stream().map(AddedToken::id).toList());
    assertEquals(5, definition.vocabulary().size());
    assertEquals(1, definition.specialTokens().all().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "null",
        "{\"model\":null}",
        "{\"model\":{}}",
        "{\"model\":{\"vocab\":null}}",
        "{\"model\":{\"vocab\":{\"a\":\"0\"}}}",
        "{\"model\":{\"vocab\":{\"a\":-1}}}",
        "{\"model\":{\"vocab\":{\"a\":1.5}}}",
        "{\"model\":{\"vocab\":{\"a\":1e3}}}",
        "{\"model\":{\"vocab\":{\"a\":99999999999999999999}}}",
        "{\"model\":{\"vocab\":{\"a\":2000000000}}}",
        "{\"model\":{\"vocab\":{\"\\ud800\":1}}}",
        "{\"model\":{\"vocab\":{\"\\x\":1}}}",
        "{\"model\":{\"vocab\":{\"a\nb\":1}}}",
        "{\"model\":{\"vocab\":{}},\"model\":{\"vocab\":{}}}",
        "{\"model\":{\"vocab\":{},\"vocab\":{}}}",
        "{\"model\":{\"vocab\":{}},\"added_tokens\":{}}",
        "{\"model\":{\"vocab\":{}},\"added_tokens\":[1]}",
        "{\"model\":{\"vocab\":{}},\"added_tokens\":[{\"id\":1}]}",
        "{\"model\":{\"vocab\":{}},\"decoder\":\"ByteLevel\"}",
        "{\"model\":{\"vocab\":{}}}}",
        "{\"model\":{\"vocab\":{}}} x",
        "{\"model\":{\"vocab\":{},}}",
        "{\"model\":{\"vocab\":{}},\"x\":tru}",
        "{\"model\":{\"vocab\":{}},\"x\":+-}",
        "{\"model\":{\"vocab\":{}},\"decoder\":{\"type\":\"Fuse\",\"x\":1e400}}",
        "\uFEFF{\"model\":{\"vocab\":{}}}"
      })
  void file_thatIsNoTokenizer_isRefused(String json) {
    BundleException refusal = assertThrows(BundleException.class, () -> define(json));
    assertEquals(Optional.of(Rule.C8), refusal.rule());
    assertEquals(Optional.of("tokenizer.json"), refusal.file());
  }

  @Test
  void levels_upTo32PassAndOneMoreIsRefused() {
    define(nested(32));
    assertThrows(BundleException.class, () -> define(nested(33)));
    assertThrows(BundleException.class, () -> define(nested(1_000_000)));
  }

  private static String nested(int levels) {
    return "{\"x\":"
        + "[".repeat(levels)
        + "]".repeat(levels)
        + ",\"model\":{\"vocab\":{},\"merges\":[]}}";
  }

  @Test
  void bytesThatAreNoUtf8_areRefused() {
    byte[] json = TinyTokenizers.byteLevel();
    for (int at = 0; at < json.length; at++) {
      if (json[at] == 'w') {
        json[at] = (byte) 0xC3;
        break;
      }
    }
    assertThrows(BundleException.class, () -> TinyTokenizers.define(json));
  }

  @Test
  void file_truncatedAnywhere_isRefused() {
    for (byte[] whole : List.of(TinyTokenizers.byteLevel(), TinyTokenizers.unigram())) {
      int end = whole.length;
      while (whole[end - 1] != '}') {
        end--;
      }
      for (int length = 0; length < end; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThrows(BundleException.class, () -> TinyTokenizers.define(cut), "at " + length);
      }
    }
  }

  @Test
  void file_mutated_isReadOrRefused() {
    Random random = new Random(20261123);
    byte[][] seeds = {
      TinyTokenizers.byteLevel(), TinyTokenizers.wordPiece(), TinyTokenizers.unigram()
    };
    for (int round = 0; round < 20_000; round++) {
      byte[] mutant = seeds[round % seeds.length].clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(mutant.length);
        mutant[at] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : mutant[random.nextInt(mutant.length)];
      }
      try {
        assertTrue(TinyTokenizers.define(mutant).vocabulary().size() >= 0);
      } catch (BundleException refused) {
        assertEquals(Optional.of(Rule.C8), refused.rule());
      }
    }
  }

  @Test
  void bundleWithoutTokenizer_saysWhatItHolds() {
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local()).add("tekken.json", new byte[3]).build();
    BundleException refusal = assertThrows(BundleException.class, () -> BundleForms.define(bundle));
    assertTrue(String.valueOf(refusal.getMessage()).contains("tekken.json"));
  }
}
