package dev.remora.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EngineException;
import dev.remora.EngineInfo;
import dev.remora.ReferenceVersion;
import dev.remora.TokenDetails;
import dev.remora.UnknownTokenException;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.SpecialTokens;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.decode.TokenDecoder;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who decodes: the one decoder, or the engine's own where all tokens are needed. */
class EngineTokenizerTest {
  private static final Decoder CTC = new Decoder.Ctc("<pad>", "|", true);
  private static final DecodeOptions PROMPTED = DecodeOptions.builder().promptIds(0).build();

  private static EngineTokenizer tokenizer(Decoder decoder, boolean decodesWhole) {
    byte[] token = {'a'};
    TokenizerDefinition definition =
        new TokenizerDefinition(
            Optional.empty(),
            Optional.empty(),
            new Model.WordLevel("a"),
            Optional.empty(),
            Optional.of(decoder),
            Vocabulary.builder().token(token, 0, 1, 0).build(),
            List.of(),
            SpecialTokens.builder().build(),
            false,
            Optional.empty());
    TokenizerBundle files = TokenizerBundle.builder(Fingerprint.local()).build();
    return new EngineTokenizer(
        new Session(decodesWhole),
        definition,
        new BundleInfo(files, "tokenizer.json", SpecialTokens.builder().build()),
        new EngineInfo("test", Map.of(), ReferenceVersion.V0_21),
        TokenDecoder.of(definition));
  }

  /** Encodes nothing; its own decoder says what it was given. */
  private static final class Session implements EngineSession {
    @Override
    public int[] encode(GuardedText text, boolean addSpecialTokens, Refusals refusals) {
      return encode(text.text(), addSpecialTokens);
    }

    @Override
    public TokenDetails details(GuardedText text, boolean addSpecialTokens) {
      return details(text.text(), addSpecialTokens);
    }

    private final boolean decodesWhole;
    private boolean closed;

    Session(boolean decodesWhole) {
      this.decodesWhole = decodesWhole;
    }

    @Override
    public int[] encode(String text, boolean addSpecialTokens) {
      return new int[0];
    }

    @Override
    public TokenDetails details(String text, boolean addSpecialTokens) {
      throw new AssertionError();
    }

    @Override
    public Optional<WholeDecoder> wholeDecoder() {
      return decodesWhole
          ? Optional.of((ids, skips) -> "%d ids, %s".formatted(ids.length, skips))
          : Optional.empty();
    }

    @Override
    public void checkOpen() {
      if (closed) {
        throw new IllegalStateException("closed");
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void decode_ofADecoderThatRunsOnParts_needsNoEngine() {
    try (EngineTokenizer tokenizer = tokenizer(new Decoder.Fuse(), true)) {
      assertEquals("aa", tokenizer.decode(new int[] {0, 0}));
      assertEquals("a", tokenizer.decode(new int[] {0}, PROMPTED));
    }
  }

  @Test
  void decode_thatNeedsAllTokens_isTheEngines() {
    try (EngineTokenizer tokenizer = tokenizer(CTC, true)) {
      assertEquals("2 ids, false", tokenizer.decode(new int[] {0, 0}));
      assertEquals("1 ids, true", tokenizer.decode(new int[1], DecodeOptions.SKIP_SPECIAL_TOKENS));
      assertEquals(
          1,
          assertThrows(UnknownTokenException.class, () -> tokenizer.decode(new int[] {0, 1}))
              .index());
      assertThrows(EngineException.class, () -> tokenizer.decode(new int[1], PROMPTED));
      assertThrows(EngineException.class, tokenizer::decodeStream);
    }
  }

  @Test
  void decode_thatNeedsAllTokensOverAnEngineWithoutADecoder_isRefused() {
    try (EngineTokenizer tokenizer = tokenizer(CTC, false)) {
      assertThrows(EngineException.class, () -> tokenizer.decode(new int[1]));
    }
  }

  @Test
  void closed_decodesNoMore_butAStreamGoesOn() {
    EngineTokenizer tokenizer = tokenizer(new Decoder.Fuse(), false);
    DecodeStream stream = tokenizer.decodeStream();
    tokenizer.close();
    assertThrows(IllegalStateException.class, () -> tokenizer.decode(new int[1]));
    assertThrows(IllegalStateException.class, tokenizer::decodeStream);
    assertEquals("a", stream.push(0));
    assertEquals("a", stream.push(new int[1]));
  }
}
