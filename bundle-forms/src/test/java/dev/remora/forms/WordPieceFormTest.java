package dev.remora.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TemplatePiece;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.TokenizerDefinition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordPieceFormTest {
  private static final String BERT = "{\"tokenizer_class\":\"BertTokenizer\"}";
  private static final String LINES = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nhello\n##s\n";

  private static TokenizerDefinition define(byte[] file, String name, String config) {
    return BundleForms.define(
        TokenizerBundle.builder(Fingerprint.local())
            .add("vocab.txt", file)
            .add(name, config.getBytes(UTF_8))
            .build());
  }

  private static TokenizerDefinition define(String lines, String config) {
    return define(lines.getBytes(UTF_8), "tokenizer_config.json", config);
  }

  @Test
  void vocabulary_ofBert_isWhatItsClassMakesOfIt() {
    TokenizerDefinition definition = define(LINES, BERT);
    assertEquals(List.of(new Normalizer.Bert(true, true, null, true)), definition.normalizers());
    assertEquals(List.of(new PreTokenizer.Bert()), definition.preTokenizers());
    assertEquals(new Model.WordPiece("[UNK]", "##", 100), definition.model());
    assertEquals(List.of(new Decoder.WordPiece("##", true)), definition.decoders());
    PostProcessor.Template template =
        (PostProcessor.Template) definition.postProcessor().orElseThrow();
    assertEquals(
        List.of(
            new TemplatePiece.Special("[CLS]", 0),
            new TemplatePiece.Text(false, 0),
            new TemplatePiece.Special("[SEP]", 0),
            new TemplatePiece.Text(true, 1),
            new TemplatePiece.Special("[SEP]", 1)),
        template.pair());
    assertEquals(6, definition.vocabulary().idOf("##s").getAsInt());
    assertEquals(7, definition.vocabulary().size());
    assertTrue(definition.specialTokens().all().containsKey("[MASK]"));
  }

  @Test
  void flagsOfTheConfig_reachTheNormalizer() {
    String config =
        "{\"tokenizer_class\":\"DistilBertTokenizer\",\"do_lower_case\":false,"
            + "\"strip_accents\":true,\"tokenize_chinese_chars\":false}";
    assertEquals(
        List.of(new Normalizer.Bert(true, false, true, false)),
        define(LINES, config).normalizers());
  }

  /** As Python's universal newlines; a form feed or U+0085 ends no line. */
  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\r", "\n"})
  void lines_endInEachWay(String end) {
    String lines = LINES.replace("\n", end) + "\f" + end + "\u0085" + end + "last";
    TokenizerDefinition definition = define(lines, BERT);
    assertEquals(Optional.of("\f"), definition.vocabulary().tokenOf(7));
    assertEquals(Optional.of("\u0085"), definition.vocabulary().tokenOf(8));
    assertEquals(Optional.of("last"), definition.vocabulary().tokenOf(9));
  }

  @Test
  void classOfTheModelType_countsWithoutTokenizerConfig() {
    assertEquals(
        "WordPiece",
        define(LINES.getBytes(UTF_8), "config.json", "{\"model_type\":\"bert\"}").model().name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"BertJapaneseTokenizer", "MPNetTokenizer", "BartTokenizer"})
  void anotherClass_isRefusedByName(String name) {
    String config = "{\"tokenizer_class\":\"" + name + "\"}";
    BundleException refusal = assertThrows(BundleException.class, () -> define(LINES, config));
    assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
  }

  @Test
  void noClass_isRefused() {
    BundleException refusal = assertThrows(BundleException.class, () -> define(LINES, "{}"));
    assertTrue(refusal.getMessage().contains("no config names"), refusal.getMessage());
  }

  @Test
  void vocabulary_withoutTheTokenForUnknown_isRefused() {
    assertThrows(BundleException.class, () -> define("[CLS]\n[SEP]\n", BERT));
  }

  @Test
  void line_thatIsNotUtf8_isRefusedWithItsNumber() {
    byte[] file = LINES.getBytes(UTF_8);
    file[7] = (byte) 0xFF;
    BundleException refusal =
        assertThrows(BundleException.class, () -> define(file, "tokenizer_config.json", BERT));
    assertEquals(Optional.of("vocab.txt"), refusal.file());
    assertTrue(refusal.getMessage().contains("line 2"), refusal.getMessage());
  }
}
