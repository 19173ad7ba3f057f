package dev.remora.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EngineException;
import dev.remora.UnknownTokenException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The expected texts are what Hugging Face tokenizers 0.21.4 decodes at once. */
class DecodeStreamTest {
  private static final Map<String, Object> SPACES =
      Map.of("type", "Replace", "pattern", Map.of("String", "▁"), "content", " ");
  private static final Map<String, Object> BYTES = Map.of("type", "ByteFallback");
  private static final Map<String, Object> FUSE = Map.of("type", "Fuse");
  private static final Map<String, Object> BYTE_LEVEL = Map.of("type", "ByteLevel");
  private static final Map<String, Object> LLAMA = sequence(SPACES, BYTES, FUSE, strip(1));

  private static final List<String> TOKENS =
      List.of(
          "▁Hello", "  y", "world", "##ing", "<0xE2>", "<0x82>", "<0xAC>", " .", "Ġé", "<0xFF>",
          "âĤ¬", "a</w>", "b</w>", "▁", "ð", "Ł", "ĻĤ", "ï¿½");
  private static final AddedToken SPECIAL =
      new AddedToken(18, "<|sp|>", false, false, false, false, true);
  private static final AddedToken ADDED =
      new AddedToken(19, "<add é▁>", false, false, false, false, false);
  private static final int[] IDS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 4, 19, 9, 10, 11, 18, 4, 12};

  private static Map<String, Object> sequence(Object... decoders) {
    return Map.of("type", "Sequence", "decoders", List.of(decoders));
  }

  private static Map<String, Object> strip(long start) {
    return Map.of("type", "Strip", "content", " ", "start", start, "stop", 0L);
  }

  private static Map<String, Object> metaspace(String scheme) {
    return Map.of("type", "Metaspace", "replacement", "▁", "prepend_scheme", scheme);
  }

  private static Map<String, Object> wordPiece(boolean cleanup) {
    return Map.of("type", "WordPiece", "prefix", "##", "cleanup", cleanup);
  }

  private static DecodeStream stream(Map<String, Object> decoder, DecodeOptions options) {
    return new StreamDecoder(new ListedDefinition(TOKENS, List.of(SPECIAL, ADDED), decoder))
        .open(options);
  }

  private static List<String> chunks(DecodeStream stream, int... ids) {
    List<String> chunks = new ArrayList<>();
    for (int id : ids) {
      chunks.add(stream.push(id));
    }
    chunks.add(stream.finish());
    return chunks;
  }

  static Stream<Arguments> decoders() {
    String rest = "<0xE2><add é ><0xFF>âĤ¬a</w><|sp|><0xE2>b</w>";
    return Stream.of(
        Arguments.of(
            Map.of(),
            "▁Hello   y world ##ing <0xE2> <0x82> <0xAC>  . Ġé <0xE2> <add é▁> <0xFF> âĤ¬ a</w>"
                + " <|sp|> <0xE2> b</w>"),
        Arguments.of(
            BYTE_LEVEL,
            "▁Hello  yworld##ing<0xE2><0x82><0xAC> . \uFFFD<0xE2><add é▁><0xFF>€a</w><|sp|><0xE2>b</w>"),
        Arguments.of(
            sequence(BYTE_LEVEL, SPACES, strip(1)),
            "Hello  yworld##ing<0xE2><0x82><0xAC> . \uFFFD<0xE2><add é ><0xFF>€a</w><|sp|><0xE2>b</w>"),
        Arguments.of(LLAMA, "Hello  yworld##ing€ .Ġé\uFFFD<add é >\uFFFDâĤ¬a</w><|sp|>\uFFFDb</w>"),
        Arguments.of(
            sequence(SPACES, BYTES, FUSE),
            " Hello  yworld##ing€ .Ġé\uFFFD<add é >\uFFFDâĤ¬a</w><|sp|>\uFFFDb</w>"),
        Arguments.of(sequence(SPACES, strip(2)), "Helloyworld##ing<0xE2><0x82><0xAC>.Ġé" + rest),
        Arguments.of(metaspace("always"), "Hello  yworld##ing<0xE2><0x82><0xAC> .Ġé" + rest),
        Arguments.of(metaspace("never"), " Hello  yworld##ing<0xE2><0x82><0xAC> .Ġé" + rest),
        Arguments.of(
            wordPiece(true),
            "▁Hello   y worlding <0xE2> <0x82> <0xAC> . Ġé <0xE2> <add é▁> <0xFF> âĤ¬ a</w> <|sp|>"
                + " <0xE2> b</w>"),
        Arguments.of(
            wordPiece(false),
            "▁Hello   y worlding <0xE2> <0x82> <0xAC>  . Ġé <0xE2> <add é▁> <0xFF> âĤ¬ a</w>"
                + " <|sp|> <0xE2> b</w>"),
        Arguments.of(
            Map.of("type", "BPEDecoder", "suffix", "</w>"),
            "▁Hello  yworld##ing<0xE2><0x82><0xAC> .Ġé<0xE2><add é▁><0xFF>âĤ¬a <|sp|><0xE2>b"));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void chunks_ofAnyDecoder_joinToTheOneShotDecode(Map<String, Object> decoder, String expected) {
    DecodeStream stream = stream(decoder, DecodeOptions.DEFAULT);
    assertEquals(expected, String.join("", chunks(stream, IDS)));
  }

  @Test
  void specialTokens_skipped_leaveNoText() {
    DecodeOptions options = DecodeOptions.builder().skipSpecialTokens(true).build();
    assertEquals(
        "Hello  yworld##ing€ .Ġé\uFFFD<add é >\uFFFDâĤ¬a</w>\uFFFDb</w>",
        String.join("", chunks(stream(LLAMA, options), IDS)));
  }

  @Test
  void character_ofSeveralTokens_comesWhole() {
    DecodeStream stream = stream(BYTE_LEVEL, DecodeOptions.DEFAULT);
    assertEquals(List.of("", "", "🙂", ""), chunks(stream, 14, 15, 16));
  }

  @Test
  void character_unfinished_isReplacedAtTheEnd() {
    assertEquals(
        List.of("", "", "\uFFFD"), chunks(stream(BYTE_LEVEL, DecodeOptions.DEFAULT), 14, 15));
    assertEquals(
        List.of("", "", "\uFFFD\uFFFD"), chunks(stream(LLAMA, DecodeOptions.DEFAULT), 4, 5));
  }

  @Test
  void replacementCharacter_asAToken_comesOut() {
    assertEquals(List.of("\uFFFD", ""), chunks(stream(BYTE_LEVEL, DecodeOptions.DEFAULT), 17));
  }

  @Test
  void byteRun_isHeldUntilItEnds() {
    DecodeStream stream = stream(LLAMA, DecodeOptions.DEFAULT);
    assertEquals(List.of("", "", "", "€world", ""), chunks(stream, 4, 5, 6, 2));
  }

  @Test
  void byteRun_notUtf8AnyMore_isReplacedAtOnce() {
    DecodeStream stream = stream(LLAMA, DecodeOptions.DEFAULT);
    assertEquals(
        List.of("", "", "\uFFFD\uFFFD\uFFFD", "\uFFFD", "world", ""),
        chunks(stream, 4, 5, 4, 4, 2));
  }

  @Test
  void byteRun_tooLong_isGivenOutEarlyAndCounted() {
    DecodeStream stream = stream(LLAMA, DecodeOptions.DEFAULT);
    StringBuilder text = new StringBuilder();
    int longest = 0;
    for (int turn = 0; turn < 5_000; turn++) {
      for (int id : new int[] {4, 5, 6}) {
        String chunk = stream.push(id);
        longest = Math.max(longest, chunk.length());
        text.append(chunk);
      }
    }
    text.append(stream.finish());
    assertEquals("€".repeat(5_000), text.toString());
    assertEquals((ByteFallbackStage.MAX_HELD + 3) / 3, longest);
    assertEquals(3, stream.earlyReleases());
  }

  @Test
  void prompt_givesNoTextButContext() {
    DecodeOptions options = DecodeOptions.builder().promptIds(2).build();
    assertEquals(List.of(" Hello", ""), chunks(stream(LLAMA, options), 0));
    assertEquals(List.of(" Hello", ""), chunks(stream(metaspace("always"), options), 0));
    DecodeOptions unfinished = DecodeOptions.builder().promptIds(14, 15).build();
    assertEquals(List.of("🙂", ""), chunks(stream(BYTE_LEVEL, unfinished), 16));
  }

  @Test
  void piece_isTheTextInsideOfAText() {
    DecodeOptions skipping = DecodeOptions.builder().skipSpecialTokens(true).build();
    DecodeStream stream = stream(LLAMA, skipping);
    assertEquals(" Hello", stream.piece(0));
    assertEquals("<|sp|>", stream.piece(18));
    assertEquals("\uFFFD", stream.piece(4));
    assertEquals("Hello", stream.push(0));
  }

  @Test
  void id_withoutToken_isRefusedAndTheStreamGoesOn() {
    DecodeStream stream = stream(LLAMA, DecodeOptions.DEFAULT);
    stream.push(0);
    UnknownTokenException refused =
        assertThrows(UnknownTokenException.class, () -> stream.push(99));
    assertEquals(99, refused.id());
    assertEquals(1, refused.index());
    assertEquals("world", stream.push(2));
  }

  @Test
  void stream_finished_isOver() {
    DecodeStream stream = stream(LLAMA, DecodeOptions.DEFAULT);
    assertEquals("", stream.finish());
    assertThrows(IllegalStateException.class, () -> stream.push(0));
    assertThrows(IllegalStateException.class, stream::finish);
  }

  @Test
  void decoder_thatNeedsAllTokens_isRefused() {
    Map<String, Object> regex =
        Map.of("type", "Replace", "pattern", Map.of("Regex", "a+"), "content", "b");
    Map<String, Object> ctc = Map.of("type", "CTC");
    for (Map<String, Object> decoder :
        List.of(regex, ctc, sequence(FUSE, BYTES), sequence(FUSE, regex))) {
      assertThrows(EngineException.class, () -> stream(decoder, DecodeOptions.DEFAULT));
    }
  }

  @Test
  void utf8_ofAnyBytes_isReplacedAsRustReplacesIt() {
    // Rust's String::from_utf8_lossy: each longest part that cannot become a character is one
    assertEquals("\uFFFD".repeat(3), decoded(0xED, 0xA0, 0x80)); // an encoded surrogate
    assertEquals("\uFFFD".repeat(4), decoded(0xF4, 0x90, 0x80, 0x80)); // beyond U+10FFFF
    assertEquals("\uFFFD".repeat(3), decoded(0xE0, 0x80, 0xAF)); // not the shortest form
    assertEquals("\uFFFDA", decoded(0xF0, 0x9F, 0x99, 'A')); // cut
    assertEquals("\uFFFD€", decoded(0xE2, 0x82, 0xE2, 0x82, 0xAC));
    assertEquals("\uFFFD\uFFFD", decoded(0xC0, 0xFF));
  }

  private static String decoded(int... bytes) {
    Utf8Decoder decoder = new Utf8Decoder();
    StringBuilder text = new StringBuilder();
    for (int value : bytes) {
      decoder.push((byte) value, text);
    }
    decoder.finish(text);
    return text.toString();
  }

  @Test
  void chunks_ofManyTokens_neverEndInsideACharacter() {
    DecodeStream stream = stream(BYTE_LEVEL, DecodeOptions.DEFAULT);
    List<Integer> ids = new ArrayList<>(Collections.nCopies(50, 14));
    ids.addAll(List.of(14, 15, 16, 15, 16, 14, 15, 14, 15, 16, 10, 8));
    for (int id : ids) {
      String chunk = stream.push(id);
      assertFalse(!chunk.isEmpty() && Character.isHighSurrogate(chunk.charAt(chunk.length() - 1)));
    }
  }
}
