package dev.remora.engine.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.LimitException;
import dev.remora.conformance.EngineComparison;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineSession.WholeDecoder;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.djl.DjlEngine;
import dev.remora.engine.JavaEngine;
import dev.remora.engine.TestDefinitions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoders that need all tokens at once make the text that the reference makes. */
final class DecoderParityTest {
  private static final int LISTS = Integer.getInteger("remora.parity.texts", 50_000) / 25;

  private static final String BYTE_FALLBACK = "{\"type\":\"ByteFallback\"}";
  private static final String FUSE = "{\"type\":\"Fuse\"}";

  /** Tokens that decoders ask about. */
  private static final List<String> TOKENS =
      List.of(
          "a",
          "aa",
          "b",
          "|",
          "x|y",
          "<pad>",
          "<pad>a",
          " ",
          ".",
          " .",
          " do not",
          "n't",
          "##b",
          "b##",
          "</w>",
          "a</w>",
          "\u2581",
          "\u2581a\u2581",
          "\u00E9",
          "\u4E2D\u56FD",
          "<0x41>",
          "<0xC3>",
          "<0xA9>",
          "<0xFF>",
          "\u0120a",
          "\u00C3",
          "\u00A9",
          "12",
          "1a2");

  static List<String> decoders() {
    List<String> all = new ArrayList<>();
    for (String cleanup : List.of("true", "false")) {
      all.add(ctc("<pad>", "|", cleanup));
      all.add(ctc("", "", cleanup));
      all.add(sequence(ctc("a", " .", cleanup), ctc("b", "x", cleanup)));
    }
    all.add(bpe(""));
    all.add(sequence(bpe(""), bpe("</w>")));
    all.add(replace("Regex", "[ab]+", "\u00E9"));
    all.add(replace("Regex", "a(?=a|$)|^b", ""));
    all.add(sequence(BYTE_FALLBACK, replace("Regex", "a|\u00E9$", "<0x42>"), BYTE_FALLBACK, FUSE));
    all.add(sequence(FUSE, replace("String", "aa", "b"), wordPiece(), metaspace("first")));
    all.add(sequence(metaspace("always"), FUSE, metaspace("never"), bpe("</w>"), byteLevel()));
    all.add(sequence(byteLevel(), wordPiece()));
    all.add(sequence(wordPiece(), byteLevel(), bpe("a")));
    all.add(sequence(FUSE, strip("a", 2, 0), replace("String", "\u4E2D\u56FD", "aab"), FUSE));
    all.add(sequence(FUSE, BYTE_FALLBACK));
    return all;
  }

  private static String ctc(String pad, String delimiter, String cleanup) {
    return "{\"type\":\"CTC\",\"pad_token\":\"%s\",\"word_delimiter_token\":\"%s\",\"cleanup\":%s}"
        .formatted(pad, delimiter, cleanup);
  }

  private static String bpe(String suffix) {
    return "{\"type\":\"BPEDecoder\",\"suffix\":\"%s\"}".formatted(suffix);
  }

  private static String replace(String kind, String pattern, String content) {
    return "{\"type\":\"Replace\",\"pattern\":{\"%s\":\"%s\"},\"content\":\"%s\"}"
        .formatted(kind, pattern, content);
  }

  private static String wordPiece() {
    return "{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true}";
  }

  private static String metaspace(String scheme) {
    return "{\"type\":\"Metaspace\",\"replacement\":\"\u2581\",\"prepend_scheme\":\"%s\",\"split\":true}"
        .formatted(scheme);
  }

  private static String byteLevel() {
    return "{\"type\":\"ByteLevel\",\"add_prefix_space\":true,\"trim_offsets\":true,\"use_regex\":true}";
  }

  private static String strip(String content, int start, int stop) {
    return "{\"type\":\"Strip\",\"content\":\"%s\",\"start\":%d,\"stop\":%d}"
        .formatted(content, start, stop);
  }

  private static String sequence(String... parts) {
    return "{\"type\":\"Sequence\",\"decoders\":[%s]}".formatted(String.join(",", parts));
  }

  private static TokenizerDefinition definition(String decoder) {
    StringBuilder vocabulary = new StringBuilder("\"vocab\":{");
    for (int id = 0; id < TOKENS.size(); id++) {
      vocabulary.append(id == 0 ? "" : ",");
      vocabulary.append('"').append(TOKENS.get(id)).append("\":").append(id);
    }
    String model = "{\"type\":\"WordLevel\"," + vocabulary + "},\"unk_token\":\"a\"}";
    String json = new String(ContractBundle.BYTE_LEVEL.json(), StandardCharsets.UTF_8);
    json = TestDefinitions.replaceMember(json, "pre_tokenizer", "{\"type\":\"Whitespace\"}");
    json = TestDefinitions.replaceMember(json, "model", model);
    return TestDefinitions.of(TestDefinitions.replaceMember(json, "decoder", decoder));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void ids_ofEveryKind_areEqual(String decoder) {
    TokenizerDefinition definition = definition(decoder);
    List<String> failures = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(20261127);
    try (EngineComparison comparison =
        new EngineComparison(definition, new JavaEngine(), new DjlEngine(), failures::add)) {
      for (int list = 0; list < LISTS; list++) {
        int[] ids = random.ints(random.nextInt(9), 0, TOKENS.size()).toArray();
        for (int at = 1; at < ids.length; at++) {
          ids[at] = random.nextInt(3) == 0 ? ids[at - 1] : ids[at];
        }
        comparison.ids(ids, list % 2 == 0);
      }
      int[] added = definition.addedTokens().stream().mapToInt(AddedToken::id).toArray();
      comparison.ids(added, true);
      comparison.ids(added, false);
    }
    assertEquals(List.of(), failures.subList(0, Math.min(5, failures.size())));
  }

  private static String decoded(String decoder, int... ids) {
    WholeDecoder whole = KnownDecoders.read(definition(decoder)).value().orElseThrow();
    return whole.decode(ids, false);
  }

  /** As the reference's source says; where it fails, both cuts are made. */
  @Test
  void strip_atTheEnd_cutsSoMany() {
    assertEquals("baa", decoded(strip("a", 0, 1), 2, 1, 1));
    assertEquals("|", decoded(strip("a", 1, 1), 0, 1, 3));
    assertEquals("\u2581a", decoded(strip("\u2581", 0, 3), 17));
  }

  @Test
  void replacements_thatLengthenWithoutEnd_areRefused() {
    String[] steps = new String[12];
    Arrays.fill(steps, replace("String", "a", "aaaaaaaa"));
    steps[0] = replace("Regex", "a", "aaaaaaaa");
    String decoder = sequence(steps);
    assertThrows(LimitException.class, () -> decoded(decoder, 0));
  }

  @Test
  void decoder_ofARegexThatIsNotKnown_isDeclined() {
    String decoder = replace("Regex", "(a)\\\\1", "");
    assertTrue(
        KnownDecoders.read(definition(decoder)).toString().contains("Replace has a regex that"));
  }
}
