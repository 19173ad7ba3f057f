package dev.remora.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.engine.AddedToken;
import dev.remora.core.engine.TokenizerDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerJsonTest {
  private static TokenizerDefinition define(String json) {
    return TinyTokenizers.define(json.getBytes(UTF_8));
  }

  private static List<String> merges(TokenizerDefinition definition) {
    List<String> merges = new ArrayList<>();
    definition.forEachMerge(
        (utf8, from, middle, to) ->
            merges.add(
                new String(utf8, from, middle - from, UTF_8)
                    + "|"
                    + new String(utf8, middle, to - middle, UTF_8)));
    return merges;
  }

  @Test
  void byteLevel_isSplit() {
    TokenizerDefinition definition = TinyTokenizers.define(TinyTokenizers.byteLevel());
    assertEquals(266, definition.vocabulary().size());
    assertEquals(OptionalInt.of(259), definition.vocabulary().idOf("hello"));
    assertEquals(Optional.of("Ġwor"), definition.vocabulary().tokenOf(262));
    assertEquals(Optional.of("<s>"), definition.vocabulary().tokenOf(264));
    assertEquals(Optional.empty(), definition.vocabulary().tokenOf(266));
    assertEquals(8, definition.mergeCount());
    assertEquals("hell|o", merges(definition).get(3));
    assertEquals("ByteLevel", definition.component("decoder").get("type"));
    assertEquals(Map.of(), definition.component("normalizer"));
    assertEquals(Map.of("<s>", 264, "</s>", 265), definition.specialTokens().all());
    assertEquals(false, definition.model().get("ignore_merges"));
    assertTrue(!definition.model().containsKey("vocab"));
  }

  @Test
  void mergesAsPairs_withSpacesAndEscapes_areRead() {
    TokenizerDefinition definition =
        define(
            """
            {"model": {"vocab": {"a": 0, "\\"": 1, "\\u0120\\ud83d\\ude00": 2, "é": 3},
             "merges": [["a b", "\\\\"], ["\\"x", "\\u00e9é"], ["a", "b"]]}}
            """);
    assertEquals(List.of("a b|\\", "\"x|éé", "a|b"), merges(definition));
    assertEquals(OptionalInt.of(1), definition.vocabulary().idOf("\""));
    assertEquals(OptionalInt.of(2), definition.vocabulary().idOf("Ġ😀"));
  }

  @Test
  void mergesAsLines_versionLineIsPassedOver() {
    assertEquals(
        List.of("a|b"),
        merges(define("{\"model\":{\"vocab\":{},\"merges\":[\"#version: 0.2\",\"a b\"]}}")));
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
        define("{\"model\":{\"vocab\":{\"merges\":0,\"vocab\":1,\"truncation\":2}}}");
    assertEquals(3, definition.vocabulary().size());
    assertEquals(0, definition.mergeCount());
  }

  @Test
  void typeOfTheModel_isDeducedAsTokenizersDoes() {
    assertEquals(
        "WordPiece", TinyTokenizers.define(TinyTokenizers.wordPiece()).model().get("type"));
    assertEquals("Unigram", TinyTokenizers.define(TinyTokenizers.unigram()).model().get("type"));
    assertEquals("BPE", define("{\"model\":{\"vocab\":{},\"merges\":[]}}").model().get("type"));
    assertEquals("WordLevel", define("{\"model\":{\"vocab\":{}}}").model().get("type"));
  }

  @Test
  void truncationAndPadding_areTurnedOff() {
    String json =
        "{\"truncation\": {\"max_length\": 1, \"stride\": 4}, \"padding\":{}, \"model\":{\"vocab\":{}}}";
    assertEquals(
        "{\"truncation\":null,\"padding\":null,\"model\":{\"vocab\":{}}}",
        new String(define(json).json(), UTF_8).replace(" ", ""));
  }

  @Test
  void addedToken_getsTheIdThatTokenizersGivesIt() {
    TokenizerDefinition definition =
        define(
            """
            {"added_tokens": [{"id": 77, "content": "<x>", "special": true},
             {"id": 1, "content": "b"}, {"id": 99, "content": "<y>"}, {"id": 5, "content": ""}],
             "model": {"vocab": {"a": 0, "b": 1, "c": 2}}}
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
    return "{\"x\":" + "[".repeat(levels) + "]".repeat(levels) + ",\"model\":{\"vocab\":{}}}";
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
        TinyTokenizers.define(mutant).mergeCount();
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
