package dev.remora.core.engine;

import dev.remora.EncodingSeams;
import dev.remora.TokenDetails;
import java.util.Optional;

/**
 * A tokenizer as one engine holds it. Arguments arrive checked: no nulls, and every id has a token.
 * Texts arrive as the user gave them: an unpaired surrogate is to be read as U+FFFD.
 *
 * <p>Thread-safe. After {@link #close()} calls in flight end normally and later ones throw {@link
 * IllegalStateException}.
 */
public interface EngineSession extends AutoCloseable {
  /** The ids of a text, as an array of the caller's own. */
  int[] encode(String text, boolean addSpecialTokens);

  /**
   * The ids of a text in which added tokens are recognised only where all of their characters are
   * trusted, as an array of the caller's own. Where that prevents nothing, they are those of the
   * text; no id of an added token comes out of the model, but that for what is unknown.
   *
   * @param refusals receives what was not recognised, in the order of the text; nothing where the
   *     text is not trusted at all
   * @throws dev.remora.EngineException if the engine cannot guard the text
   */
  int[] encode(GuardedText text, boolean addSpecialTokens, Refusals refusals);

  /** Tokens, UTF-16 offsets and special mask of the ids that the same call of encode gives. */
  TokenDetails details(GuardedText text, boolean addSpecialTokens);

  /** How many ids {@link #encode(String, boolean)} would give. */
  default int count(String text, boolean addSpecialTokens) {
    return encode(text, addSpecialTokens).length;
  }

  /**
   * How many ids {@link #encode(String, boolean)} would give, if that is at most {@code bound},
   * which is not negative; else any number above the bound.
   */
  default int countUpTo(String text, boolean addSpecialTokens, int bound) {
    return count(text, addSpecialTokens);
  }

  /**
   * Tokens, UTF-16 offsets and special mask of the ids that {@link #encode(String, boolean)} gives.
   */
  TokenDetails details(String text, boolean addSpecialTokens);

  /**
   * The engine's own decoder, for definitions whose decoder cannot run on parts (as {@link
   * dev.remora.core.decode.TokenDecoder} does for all others); empty where it has none.
   */
  default Optional<WholeDecoder> wholeDecoder() {
    return Optional.empty();
  }

  /** Where encodings may be put together; empty for an engine that cannot say. */
  default Optional<EncodingSeams> seams() {
    return Optional.empty();
  }

  /** Throws unless the session is open. */
  void checkOpen();

  @Override
  void close();

  /** Decodes all ids of a text at once. Thread-safe. */
  @FunctionalInterface
  interface WholeDecoder {
    /** The text of ids, all of which have a token. */
    String decode(int[] ids, boolean skipSpecialTokens);
  }
}
