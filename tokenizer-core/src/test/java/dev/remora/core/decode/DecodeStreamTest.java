package dev.remora.core.decode;

import static dev.remora.core.decode.Definitions.BYTES;
import static dev.remora.core.decode.Definitions.BYTE_LEVEL;
import static dev.remora.core.decode.Definitions.FUSE;
import static dev.remora.core.decode.Definitions.LLAMA;
import static dev.remora.core.decode.Definitions.SPACES;
import static dev.remora.core.decode.Definitions.added;
import static dev.remora.core.decode.Definitions.listed;
import static dev.remora.core.decode.Definitions.metaspace;
import static dev.remora.core.decode.Definitions.replace;
import static dev.remora.core.decode.Definitions.sequence;
import static dev.remora.core.decode.Definitions.strip;
import static dev.remora.core.decode.Definitions.wordPiece;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EngineException;
import dev.remora.LimitException;
import dev.remora.UnknownTokenException;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.core.vocabulary.AddedToken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The expected texts are what Hugging Face tokenizers 0.21.4 decodes at once. */
class DecodeStreamTest {
  private static final List<String> TOKENS =
      List.of(
          "▁Hello", "  y", "world", "##ing", "<0xE2>", "<0x82>", "<0xAC>", " .", "Ġé", "<0xFF>",
          "âĤ¬", "a</w>", "b</w>", "▁", "ð", "Ł", "ĻĤ", "ï¿½");
  private static final AddedToken SPECIAL = added(18, "<|sp|>", true);
  private static final AddedToken ADDED = added(19, "<add é▁>", false);
  private static final int[] IDS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 4, 19, 9, 10, 11, 18, 4, 12};

  private static DecodeStream stream(@Nullable Decoder decoder, DecodeOptions options) {
    return decoder(decoder).open(options);
  }

  private static TokenDecoder decoder(@Nullable Decoder decoder) {
    return TokenDecoder.of(listed(TOKENS, List.of(SPECIAL, ADDED), decoder));
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
            null,
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
        Arguments.of(
            metaspace(PrependScheme.ALWAYS), "Hello  yworld##ing<0xE2><0x82><0xAC> .Ġé" + rest),
        Arguments.of(
            metaspace(PrependScheme.NEVER), " Hello  yworld##ing<0xE2><0x82><0xAC> .Ġé" + rest),
        Arguments.of(
            wordPiece(true),
            "▁Hello   y worlding <0xE2> <0x82> <0xAC> . Ġé <0xE2> <add é▁> <0xFF> âĤ¬ a</w> <|sp|>"
                + " <0xE2> b</w>"),
        Arguments.of(
            wordPiece(false),
            "▁Hello   y worlding <0xE2> <0x82> <0xAC>  . Ġé <0xE2> <add é▁> <0xFF> âĤ¬ a</w>"
                + " <|sp|> <0xE2> b</w>"),
        Arguments.of(
            new Decoder.Bpe("</w>"),
            "▁Hello  yworld##ing<0xE2><0x82><0xAC> .Ġé<0xE2><add é▁><0xFF>âĤ¬a <|sp|><0xE2>b"));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void chunks_ofAnyDecoder_joinToTheOneShotDecode(@Nullable Decoder decoder, String expected) {
    DecodeStream stream = stream(decoder, DecodeOptions.DEFAULT);
    assertEquals(expected, String.join("", chunks(stream, IDS)));
    assertEquals(expected, decoder(decoder).decode(IDS, DecodeOptions.DEFAULT));
  }

  @Test
  void specialTokens_skipped_leaveNoText() {
    DecodeOptions options = DecodeOptions.SKIP_SPECIAL_TOKENS;
    String expected = "Hello  yworld##ing€ .Ġé\uFFFD<add é >\uFFFDâĤ¬a</w>\uFFFDb</w>";
    assertEquals(expected, String.join("", chunks(stream(LLAMA, options), IDS)));
    assertEquals(expected, decoder(LLAMA).decode(IDS, options));
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
    assertEquals((TokenDecoder.MAX_HELD + 3) / 3, longest);
    assertEquals(3, stream.earlyReleases());
  }

  @Test
  void prompt_givesNoTextButContext() {
    DecodeOptions options = DecodeOptions.builder().promptIds(2).build();
    assertEquals(List.of(" Hello", ""), chunks(stream(LLAMA, options), 0));
    assertEquals(
        List.of(" Hello", ""), chunks(stream(metaspace(PrependScheme.ALWAYS), options), 0));
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
    Decoder regex = new Decoder.Replace(new StringPattern.Regex("a+"), "b");
    Decoder ctc = new Decoder.Ctc("<pad>", "|", true);
    Decoder bpe = new Decoder.Bpe("</w>");
    Map<Decoder, String> reasons =
        Map.ofEntries(
            entry(regex, "Replace with a regular expression"),
            entry(ctc, "CTC"),
            entry(sequence(FUSE, BYTES), "ByteFallback after a step that fuses all tokens"),
            entry(sequence(FUSE, BYTE_LEVEL), "ByteLevel after a step that fuses all tokens"),
            entry(sequence(BYTE_LEVEL, bpe), "Bpe after a step that fuses all tokens"),
            entry(sequence(FUSE, wordPiece(true)), "WordPiece after a step that fuses all tokens"),
            entry(sequence(FUSE, regex), "Replace with a regular expression"),
            entry(
                sequence(FUSE, replace("ab", "c")),
                "Replace of several characters after a step that fuses all tokens"),
            entry(sequence(BYTES, BYTES), "ByteFallback twice"),
            entry(replace("", "a"), "Replace of nothing"),
            entry(new Decoder.Bpe(""), "BPEDecoder without a suffix"),
            entry(new Decoder.Strip(" ", 1, 1), "Strip at the end of tokens"));
    reasons.forEach(
        (decoder, reason) -> {
          TokenDecoder refused = decoder(decoder);
          assertEquals(Optional.of(reason), refused.reasonItNeedsAllTokens());
          assertThrows(EngineException.class, () -> refused.open(DecodeOptions.DEFAULT));
          assertThrows(
              EngineException.class, () -> refused.decode(new int[0], DecodeOptions.DEFAULT));
        });
    assertEquals(Optional.empty(), decoder(LLAMA).reasonItNeedsAllTokens());
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

  /** The text of bytes, at once and byte by byte. */
  private static String decoded(int... bytes) {
    String text = bytes().decode(bytes, DecodeOptions.DEFAULT);
    assertEquals(text, String.join("", chunks(bytes().open(DecodeOptions.DEFAULT), bytes)));
    return text;
  }

  /** The decoder of a byte-level vocabulary whose ids are the bytes. */
  private static TokenDecoder bytes() {
    List<String> all = new ArrayList<>();
    for (int value = 0; value < 256; value++) {
      all.add(String.valueOf(ByteAlphabet.charOf(value)));
    }
    return TokenDecoder.of(listed(all, List.of(), BYTE_LEVEL));
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

  @Test
  void byteTokens_areTwoHexadecimalDigits() {
    List<String> tokens =
        List.of(
            "<0x41>", "<0xe2>", "<0x+A>", "<0x1>", "<0xＡＡ>", "<0x4é>", "<0xé>", "<0X41>", "<0x4 >");
    TokenDecoder decoder = TokenDecoder.of(listed(tokens, List.of(), LLAMA));
    for (int id = 2; id < tokens.size(); id++) {
      String expected = "A" + tokens.get(id) + "\uFFFD";
      int[] ids = {0, id, 1};
      assertEquals(expected, decoder.decode(ids, DecodeOptions.DEFAULT));
      assertEquals(expected, String.join("", chunks(decoder.open(DecodeOptions.DEFAULT), ids)));
    }
  }

  @Test
  void id_withoutTokenAmongSeveral_losesNoTextBeforeIt() {
    int[] ids = {0, 2, 99, 2};
    DecodeStream stream = stream(LLAMA, DecodeOptions.DEFAULT);
    assertEquals(2, assertThrows(UnknownTokenException.class, () -> stream.push(ids)).index());
    assertEquals("Helloworld<add é >", stream.push(19));
    assertThrows(UnknownTokenException.class, () -> stream.push(ids));
    assertEquals(" Helloworld", stream.finish());

    DecodeStream appending = stream(LLAMA, DecodeOptions.DEFAULT);
    StringBuilder text = new StringBuilder();
    assertThrows(UnknownTokenException.class, () -> appending.push(ids, text));
    assertEquals("Helloworld", text.toString());
    assertThrows(UnknownTokenException.class, () -> appending.push(-1, text));
    assertEquals(0, appending.finish(text));
    assertEquals("Helloworld", text.toString());

    DecodeStream attributing = stream(LLAMA, DecodeOptions.DEFAULT);
    List<String> pieces = new ArrayList<>();
    assertThrows(
        UnknownTokenException.class,
        () -> attributing.push(ids, (index, id, piece) -> pieces.add(piece)));
    assertEquals(List.of("Hello", "world"), pieces);
    assertEquals("world", attributing.push(2));
  }

  @Test
  void oneShot_ofAnIdWithoutToken_isRefused() {
    for (int unknown : new int[] {20, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      UnknownTokenException refused =
          assertThrows(
              UnknownTokenException.class,
              () -> decoder(LLAMA).decode(new int[] {0, unknown}, DecodeOptions.DEFAULT));
      assertEquals(unknown, refused.id());
      assertEquals(1, refused.index());
      assertEquals(20, refused.vocabularySize());
    }
  }

  @Test
  void pieces_comeWithTheIdThatCompletedThem() {
    int[] ids = {0, 4, 5, 6, 2, 14};
    DecodeStream stream = stream(LLAMA, DecodeOptions.DEFAULT);
    List<String> pieces = new ArrayList<>();
    stream.push(ids, (index, id, piece) -> pieces.add(index + " " + id + " " + piece));
    assertEquals(List.of("0 0 Hello", "1 4 ", "2 5 ", "3 6 ", "4 2 €world", "5 14 ð"), pieces);
  }

  @Test
  void consumer_mustNotUseTheStream() {
    DecodeStream stream = stream(LLAMA, DecodeOptions.DEFAULT);
    assertThrows(
        IllegalStateException.class,
        () -> stream.push(new int[] {0, 2}, (index, id, piece) -> stream.push(2)));
    assertEquals("world", stream.push(2)); // the first id was taken, the second was not
  }

  @Test
  void oneShot_afterAPrompt_isWhatTheStreamGives() {
    DecodeOptions options = DecodeOptions.builder().promptIds(2, 4, 5).build();
    assertEquals("€ Hello", decoder(LLAMA).decode(new int[] {6, 0}, options));
    DecodeOptions unknown = DecodeOptions.builder().promptIds(2, 99).build();
    assertEquals(
        1, assertThrows(UnknownTokenException.class, () -> decoder(LLAMA).open(unknown)).index());
  }

  @Test
  void modelToken_withTheTextOfASpecialOne_isSpecial() {
    // as tokenizers does, which looks for the text and not for the id
    List<AddedToken> added = List.of(added(5, "world", true), added(0, "own", false));
    TokenDecoder decoder = TokenDecoder.of(listed(List.of("a", "world"), added, FUSE));
    int[] ids = {0, 1, 5, 0};
    assertEquals("ownworldworldown", decoder.decode(ids, DecodeOptions.DEFAULT));
    assertEquals("ownown", decoder.decode(ids, DecodeOptions.SKIP_SPECIAL_TOKENS));
  }

  @Test
  void bytes_thatBeginNoCharacter_comeOutAtOnce() {
    DecodeStream stream = bytes().open(DecodeOptions.DEFAULT);
    assertEquals(
        List.of("", "\uFFFD\uFFFD", "", "\uFFFDA", "\uFFFD", ""),
        chunks(stream, 0xE0, 0x80, 0xC3, 'A', 0x80));
  }

  @Test
  void piece_ofAByteToken_isChangedAsItsTextIs() {
    DecodeStream stream = stream(sequence(BYTES, replace("\uFFFD", "?")), DecodeOptions.DEFAULT);
    assertEquals("?", stream.piece(4));
  }

  @Test
  void piece_ofABpeToken_endsWithASpace() {
    DecodeStream stream = stream(new Decoder.Bpe("</w>"), DecodeOptions.DEFAULT);
    assertEquals("a ", stream.piece(11));
    assertThrows(UnknownTokenException.class, () -> stream.piece(99));
  }

  @Test
  void text_longerThanAString_isALimit() {
    assertEquals(ByteText.MAX_LENGTH + 16, ByteText.capacity(1 << 29, ByteText.MAX_LENGTH));
    for (long wanted : new long[] {ByteText.MAX_LENGTH + 1L, 1L << 31, 1L << 32}) {
      LimitException refused =
          assertThrows(LimitException.class, () -> ByteText.capacity(16, wanted));
      assertEquals("bytes of decoded text", refused.limit());
      assertEquals(ByteText.MAX_LENGTH, refused.bound());
      assertEquals(wanted, refused.observed());
    }
  }
}
