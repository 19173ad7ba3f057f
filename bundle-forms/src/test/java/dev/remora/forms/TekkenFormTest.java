package dev.remora.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.definition.TokenizerDefinition;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By mistral-common's Tekkenizer. */
class TekkenFormTest {
  private static final String SPECIAL =
      "[{\"rank\":0,\"token_str\":\"<unk>\",\"is_control\":true},"
          + "{\"rank\":1,\"token_str\":\"<s>\",\"is_control\":true},"
          + "{\"rank\":2,\"token_str\":\"[think]\",\"is_control\":false}]";

  /** The bytes, then "ab", "abc" and "zz", of which as many count as the size says. */
  static String file(String version, int special, int size, String specialTokens) {
    StringJoiner ranks = new StringJoiner(",");
    int rank = 0;
    for (; rank < 256; rank++) {
      ranks.add(rank(rank, new byte[] {(byte) rank}));
    }
    for (String token : List.of("ab", "abc", "zz")) {
      ranks.add(rank(rank++, token.getBytes(UTF_8)));
    }
    return """
        {"config":{"pattern":"[a-z]+|[^a-z]","num_vocab_tokens":259,"default_vocab_size":%d,
        "default_num_special_tokens":%d,"version":"%s"},
        "vocab":[%s],"special_tokens":%s,"image":{"image_patch_size":16}}
        """
        .formatted(size, special, version, ranks, specialTokens);
  }

  private static String rank(int rank, byte[] token) {
    return "{\"rank\":%d,\"token_bytes\":\"%s\",\"token_str\":null}"
        .formatted(rank, Base64.getEncoder().encodeToString(token));
  }

  private static TokenizerDefinition define(String json, String config) {
    return BundleForms.define(
        TokenizerBundle.builder(Fingerprint.local())
            .add("tekken.json", json.getBytes(UTF_8))
            .add("tokenizer_config.json", config.getBytes(UTF_8))
            .build());
  }

  @Test
  void ranks_comeAfterTheSpecialTokens() {
    TokenizerDefinition definition = define(file("v13", 10, 268, SPECIAL), "{}");
    assertEquals(10 + 'a', definition.vocabulary().idOf("a").getAsInt());
    assertEquals(266, definition.vocabulary().idOf("ab").getAsInt());
    assertEquals(267, definition.vocabulary().idOf("abc").getAsInt());
    assertTrue(definition.vocabulary().idOf("zz").isEmpty(), "it is above the size");
    assertEquals(268, definition.vocabulary().size());
    assertEquals(List.of("a|b", "ab|c"), TinyTokenizers.merges(definition));
    assertTrue(((Model.Bpe) definition.model()).ignoreMerges());
    assertEquals(
        new StringPattern.Regex("[a-z]+|[^a-z]"),
        ((PreTokenizer.Split) definition.preTokenizers().get(0)).pattern());
  }

  @Test
  void specialTokens_haveTheirRanksAndNamesOfTheirOwnInGaps() {
    TokenizerDefinition definition = define(file("v13", 10, 268, SPECIAL), "{}");
    assertEquals(Optional.of("<s>"), definition.vocabulary().tokenOf(1));
    assertEquals(Optional.of("<SPECIAL_9>"), definition.vocabulary().tokenOf(9));
    assertEquals(10, definition.addedTokens().size());
    assertFalse(definition.specialTokens().all().containsKey("[think]"));
    assertEquals("<s>", definition.specialTokens().byRole().get("bos_token"));
    assertTrue(definition.specialTokens().addsBos());
    assertFalse(
        define(file("v13", 10, 268, SPECIAL), "{\"add_bos_token\":false}")
            .specialTokens()
            .addsBos());
  }

  @Test
  void oldVersion_hasItsSpecialTokensInNoFile() {
    TokenizerDefinition definition = define(file("v3", 30, 288, "null"), "{}");
    assertEquals(Optional.of("[TOOL_CONTENT]"), definition.vocabulary().tokenOf(19));
    assertEquals(Optional.of("<SPECIAL_20>"), definition.vocabulary().tokenOf(20));
  }

  private static void assertRefused(String json) {
    BundleException refusal = assertThrows(BundleException.class, () -> define(json, "{}"));
    assertEquals(Optional.of("tekken.json"), refusal.file());
  }

  @Test
  void file_thatMistralCommonWouldNotTake_isRefused() {
    assertRefused(file("v13", 10, 268, "null"));
    assertRefused(file("v99", 10, 268, SPECIAL));
    assertRefused(file("v13", 10, 270, SPECIAL));
    assertRefused(file("v13", 2, 258, SPECIAL));
    assertRefused(file("v13", 2_000_000_000, 2_000_000_100, SPECIAL));
    assertRefused(file("v13", 10, 268, SPECIAL).replace("\"rank\":257", "\"rank\":9"));
    assertRefused(file("v13", 10, 268, SPECIAL).replace("YWJj", "YWI="));
    assertRefused(file("v13", 10, 268, SPECIAL).replace("\"AA==\"", "\"AQ==\""));
    assertRefused(file("v13", 10, 268, SPECIAL).replace("YWJj", "*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"vocab\":[],\"vocab\":[]}", "{\"vocab\":{}}"})
  void json_thatIsNoTekken_isRefused(String json) {
    assertRefused(json);
  }
}
