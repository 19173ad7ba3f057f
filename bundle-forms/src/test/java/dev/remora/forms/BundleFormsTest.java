package dev.remora.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.regex.KnownRegex;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleFormsTest {
  private static final String VOCABULARY = "{\"a\":0,\"b\":1,\"ab\":2,\"\\\"\":3,\"Ġ\":4}";
  private static final String RANKS = "YQ== 0\n";

  private static TokenizerBundle bundle(String... namesAndFiles) {
    TokenizerBundle.Builder bundle = TokenizerBundle.builder(Fingerprint.local());
    for (int i = 0; i < namesAndFiles.length; i += 2) {
      bundle.add(namesAndFiles[i], namesAndFiles[i + 1].getBytes(UTF_8));
    }
    return bundle.build();
  }

  private static TokenizerDefinition ofClass(String name, String merges) {
    return BundleForms.define(
        bundle(
            "vocab.json",
            VOCABULARY,
            "merges.txt",
            merges,
            "tokenizer_config.json",
            "{\"tokenizer_class\":\"" + name + "\"}"));
  }

  private static Model.Bpe bpe(TokenizerDefinition definition) {
    return (Model.Bpe) definition.model();
  }

  @Test
  void addEosToken_true_putsEosAfterATextWhereThereIsNoTokenizerJson() {
    TokenizerDefinition definition =
        BundleForms.define(
            bundle(
                "vocab.json",
                VOCABULARY,
                "merges.txt",
                "",
                "tokenizer_config.json",
                "{\"tokenizer_class\":\"GPT2Tokenizer\",\"add_eos_token\":true}"));
    assertFalse(definition.specialTokens().addsBos());
    assertTrue(definition.specialTokens().addsEos());
  }

  @Test
  void forms_areTakenInTheirOrder() {
    List<String> names =
        List.of(
            "tokenizer.json",
            "vocab.json",
            "tekken.json",
            "tiktoken.model",
            "x.tiktoken",
            "tokenizer.model",
            "vocab.txt");
    for (int from = 0; from < names.size(); from++) {
      TokenizerBundle.Builder bundle = TokenizerBundle.builder(Fingerprint.local());
      bundle.add("merges.txt", new byte[0]);
      names.subList(from, names.size()).forEach(name -> bundle.add(name, new byte[0]));
      assertEquals(names.get(from), BundleForms.formOf(bundle.build()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "merges.txt, lacks its vocab.json",
    "config.json, is missing",
  })
  void unsupportedForm_isRefusedWithWhatThereIsAndWhatIsMissing(String name, String said) {
    BundleException refusal =
        assertThrows(BundleException.class, () -> BundleForms.define(bundle(name, "{}")));
    assertEquals(Optional.of(Rule.C8), refusal.rule());
    assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("[" + name + "]"), refusal.getMessage());
  }

  /**
   * By transformers' generate_merges: the ids of the products, then the length of the left part.
   */
  @Test
  void vocabularyAlone_standsForItsMerges() {
    TokenizerDefinition definition =
        BundleForms.define(
            bundle(
                "vocab.json",
                "{\"a\":0,\"b\":1,\"c\":2,\"bc\":3,\"ab\":4,\"abc\":5,\"<e>\":6,\"<\":7,\"e>\":8}",
                "tokenizer_config.json",
                "{\"tokenizer_class\":\"GPT2Tokenizer\",\"eos_token\":\"<e>\"}"));
    assertEquals(List.of("b|c", "a|b", "a|bc", "ab|c"), TinyTokenizers.merges(definition));
  }

  @Test
  void severalRankFiles_areRefused() {
    BundleException refusal =
        assertThrows(
            BundleException.class,
            () -> BundleForms.define(bundle("a.tiktoken", RANKS, "b.tiktoken", RANKS)));
    assertTrue(refusal.getMessage().contains("[a.tiktoken, b.tiktoken]"), refusal.getMessage());
  }

  @Test
  void rankFile_ofAnUnknownFamily_isRefused() {
    BundleException refusal =
        assertThrows(
            BundleException.class, () -> BundleForms.define(bundle("tiktoken.model", RANKS)));
    assertTrue(refusal.getMessage().contains("family"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("[tiktoken.model]"), refusal.getMessage());
  }

  @Test
  void rankFile_namedTokenizerModel_isReadAsOne() {
    TokenizerDefinition definition =
        BundleForms.define(
            bundle(
                "tokenizer.model",
                RANKS,
                "tokenizer_config.json",
                "{\"bos_token\":\"<|begin_of_text|>\"}"));
    assertTrue(bpe(definition).ignoreMerges());
  }

  @Test
  void qwen2_hasNfcItsPatternAndItsSpecialToken() {
    TokenizerDefinition definition = ofClass("Qwen2TokenizerFast", "#version: 0.2\na b\n\n");
    assertEquals(1, bpe(definition).merges().count());
    assertEquals(List.of(new Normalizer.Nfc()), definition.normalizers());
    assertEquals(
        new StringPattern.Regex(KnownRegex.QWEN.expression()),
        ((PreTokenizer.Split) definition.preTokenizers().get(0)).pattern());
    assertEquals(Map.of("<|endoftext|>", 5), definition.specialTokens().all());
    assertFalse(bpe(definition).ignoreMerges());
  }

  @Test
  void gpt2_hasTheBuiltInPattern() {
    TokenizerDefinition definition = ofClass("GPT2Tokenizer", "a b\r\n");
    assertEquals(1, bpe(definition).merges().count());
    assertEquals(
        List.of(new PreTokenizer.ByteLevel(new ByteLevelSettings(false, true, true))),
        definition.preTokenizers());
    assertEquals(List.of(), definition.normalizers());
  }

  @Test
  void classOfTheModelType_countsWithoutTokenizerConfig() {
    TokenizerDefinition definition =
        BundleForms.define(
            bundle(
                "vocab.json",
                VOCABULARY,
                "merges.txt",
                "a b",
                "config.json",
                "{\"model_type\":\"qwen2\"}"));
    assertEquals(List.of(new Normalizer.Nfc()), definition.normalizers());
  }

  @Test
  void roleThatIsNull_keepsNoDefault() {
    TokenizerDefinition definition =
        BundleForms.define(
            bundle(
                "vocab.json",
                VOCABULARY,
                "merges.txt",
                "",
                "tokenizer_config.json",
                "{\"tokenizer_class\":\"Qwen2Tokenizer\",\"unk_token\":null,"
                    + "\"eos_token\":\"<e>\",\"pad_token\":null}"));
    assertEquals(Map.of("eos_token", "<e>"), definition.specialTokens().byRole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"BertTokenizer", "CodeGenTokenizer", ""})
  void classThatIsNotSupported_isRefused(String name) {
    assertThrows(BundleException.class, () -> ofClass(name, "a b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}}", "{\"a\":0},\"merges\":[]"})
  void vocabulary_thatIsNoJson_isRefusedWithItsName(String vocabulary) {
    TokenizerBundle bundle =
        bundle(
            "vocab.json", vocabulary, "merges.txt", "", "config.json", "{\"model_type\":\"gpt2\"}");
    BundleException refusal = assertThrows(BundleException.class, () -> BundleForms.define(bundle));
    assertEquals(Optional.of("vocab.json"), refusal.file());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "a b a"})
  void merge_thatIsNotTwoTokens_isRefusedWithItsLine(String merge) {
    BundleException refusal =
        assertThrows(BundleException.class, () -> ofClass("GPT2Tokenizer", "a b\n" + merge));
    assertEquals(Optional.of("merges.txt"), refusal.file());
    assertTrue(refusal.getMessage().contains("line 2"), refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "normalizer | {'type':'NewForm'} | normalizer is a NewForm",
        "pre_tokenizer | {'type':'Sequence','pretokenizers':[{'type':'Digits'},{'type':'X'}]}"
            + " | pre_tokenizer.pretokenizers[1] is a X",
        "post_processor | {'type':'Sequence','processors':[{'type':'Y'}]}"
            + " | post_processor.processors[0] is a Y",
        "decoder | {'type':'Sequence','decoders':[{'type':'Z'}]} | decoder.decoders[0] is a Z",
      })
  void part_thatIsTooNew_isNamed(String member, String value, String said) {
    String json =
        "{\"%s\":%s,\"model\":{\"vocab\":{},\"merges\":[]}}"
            .formatted(member, value.replace('\'', '"'));
    BundleException refusal =
        assertThrows(BundleException.class, () -> TinyTokenizers.define(json.getBytes(UTF_8)));
    assertEquals(Optional.of("tokenizer.json"), refusal.file());
    assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("too new"), refusal.getMessage());
  }

  @Test
  void model_thatIsTooNew_isNamed() {
    BundleException refusal =
        assertThrows(
            BundleException.class,
            () ->
                TinyTokenizers.define(
                    "{\"model\":{\"type\":\"BPE2\",\"vocab\":{}}}".getBytes(UTF_8)));
    assertTrue(refusal.getMessage().contains("model is a BPE2"), refusal.getMessage());
  }
}
