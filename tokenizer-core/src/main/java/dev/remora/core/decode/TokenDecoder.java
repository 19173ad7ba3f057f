package dev.remora.core.decode;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EngineException;
import dev.remora.core.decode.DecoderPlan.NeedsAllTokens;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.text.Utf8;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one decoder of a tokenizer: ids to text, at once or while the ids arrive. What a token
 * contributes to a text is computed once, when the first ids are decoded.
 *
 * <p>Immutable and thread-safe.
 */
public final class TokenDecoder {
  /** How many bytes of a run a stream holds back. */
  static final int MAX_HELD = 4096;

  private static final int EXPECTED_BYTES = 6; // of a token

  private final Vocabulary vocabulary;
  private final List<AddedToken> addedTokens;
  private final Map<Integer, String> contents; // of added tokens, where it is not their text
  private final @Nullable DecoderPlan plan; // null where there is a reason
  private final String reason;
  private volatile @Nullable Tables tables;

  /** What is computed once. */
  private record Tables(TokenTable table, SettledTexts texts) {}

  private TokenDecoder(
      TokenizerDefinition definition,
      Map<Integer, String> contents,
      @Nullable DecoderPlan plan,
      String reason) {
    this.contents = contents;
    this.vocabulary = definition.vocabulary();
    this.addedTokens = definition.addedTokens();
    this.plan = plan;
    this.reason = reason;
  }

  /** The decoder of a definition. Cheap: nothing is computed of tokens yet. */
  public static TokenDecoder of(TokenizerDefinition definition) {
    return of(definition, Map.of());
  }

  /**
   * The same, where added tokens decode to something else than their text.
   *
   * @param contents what they decode to, by id
   */
  public static TokenDecoder of(TokenizerDefinition definition, Map<Integer, String> contents) {
    try {
      return new TokenDecoder(definition, Map.copyOf(contents), DecoderPlan.of(definition), "");
    } catch (NeedsAllTokens e) {
      return new TokenDecoder(definition, Map.copyOf(contents), null, e.what());
    }
  }

  /**
   * What the definition's decoder has that cannot run on parts of the tokens, such as {@code CTC};
   * this decoder then decodes nothing. Empty if it can.
   */
  public Optional<String> reasonItNeedsAllTokens() {
    return plan == null ? Optional.of(reason) : Optional.empty();
  }

  /**
   * Decodes ids to text: what a stream gives that all of them are pushed to and that is then
   * finished, but for {@link DecodeStream#earlyReleases()}.
   *
   * @throws dev.remora.UnknownTokenException if an id has no token
   * @throws dev.remora.LimitException if the text is too long
   * @throws EngineException if {@link #reasonItNeedsAllTokens()} is there
   */
  public String decode(int[] ids, DecodeOptions options) {
    long expected = Math.min(ByteText.MAX_LENGTH, (long) EXPECTED_BYTES * ids.length);
    DecodeState state = begin(options, (int) expected, Integer.MAX_VALUE);
    for (int index = 0; index < ids.length; index++) {
      state.take(ids[index], index);
    }
    state.finish();
    return state.rest();
  }

  /**
   * A stream that decodes the ids of one generation.
   *
   * @throws dev.remora.UnknownTokenException if an id of the prompt has no token
   * @throws EngineException if {@link #reasonItNeedsAllTokens()} is there
   */
  public DecodeStream open(DecodeOptions options) {
    DecodeState state = begin(options, 0, MAX_HELD);
    return new TokenStream(tables(plan()).texts, state, options.skipSpecialTokens());
  }

  /** A state that has taken the prompt, whose settled text is dropped. */
  private DecodeState begin(DecodeOptions options, int capacity, int maxHeld) {
    DecoderPlan steps = plan();
    DecodeState state =
        new DecodeState(
            vocabulary,
            steps,
            tables(steps).table,
            options.skipSpecialTokens(),
            capacity + Utf8.PADDING,
            maxHeld);
    int[] prompt = options.promptIds();
    for (int index = 0; index < prompt.length; index++) {
      state.take(prompt[index], index);
    }
    if (prompt.length > 0) {
      state.text();
    }
    return state;
  }

  private DecoderPlan plan() {
    if (plan == null) {
      throw new EngineException(
          "this tokenizer's ids cannot be decoded in parts: its decoder has " + reason,
          Map.of(),
          null);
    }
    return plan;
  }

  private Tables tables(DecoderPlan steps) {
    Tables known = tables;
    return known == null ? build(steps) : known;
  }

  private synchronized Tables build(DecoderPlan steps) {
    Tables built = tables;
    if (built == null) {
      TokenTable table = new TokenTable(vocabulary, addedTokens, contents, steps);
      built = new Tables(table, new SettledTexts(steps, table));
      tables = built;
    }
    return built;
  }
}
