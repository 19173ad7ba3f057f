package dev.remora.core.definition;

import dev.remora.bundle.SpecialTokens;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.List;
import java.util.Optional;

/**
 * A tokenizer as data: what a bundle says about it, whichever form the bundle had, with what the
 * configs beside it change. Truncation and padding are not in it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param normalizer what changes a text first; empty for nothing
 * @param preTokenizer what splits it; empty for nothing
 * @param model what makes ids of the pieces
 * @param postProcessor what puts special tokens around the ids; empty for nothing
 * @param decoder what makes text of tokens; empty for tokens with spaces between them
 * @param vocabulary the model's vocabulary and the added tokens
 * @param addedTokens the added tokens, in the order in which they were added
 * @param specialTokens the special tokens, and the ids that end a generation
 * @param splitsSpecialTokens whether special tokens in a text are split like other text
 * @param cuts where a text is cut into pieces first of all; empty for nowhere. The tokenizer sees
 *     to it, whichever engine encodes the pieces
 */
public record TokenizerDefinition(
    Optional<Normalizer> normalizer,
    Optional<PreTokenizer> preTokenizer,
    Model model,
    Optional<PostProcessor> postProcessor,
    Optional<Decoder> decoder,
    Vocabulary vocabulary,
    List<AddedToken> addedTokens,
    SpecialTokens specialTokens,
    boolean splitsSpecialTokens,
    Optional<TextCuts> cuts) {
  /** Keeps a copy of the list. */
  public TokenizerDefinition {
    addedTokens = List.copyOf(addedTokens);
  }

  /** The same with these added tokens and no others. */
  public TokenizerDefinition withAddedTokens(List<AddedToken> others) {
    return new TokenizerDefinition(
        normalizer,
        preTokenizer,
        model,
        postProcessor,
        decoder,
        vocabulary.withAdded(others),
        others,
        specialTokens,
        splitsSpecialTokens,
        cuts);
  }

  /**
   * The same without added tokens, of which the model gives none either: what encodes plain text.
   * Special tokens around a text stay.
   *
   * @param bars what the model is barred from giving
   */
  public TokenizerDefinition plain(ModelBars bars) {
    return new TokenizerDefinition(
        normalizer,
        preTokenizer,
        model,
        postProcessor,
        decoder,
        vocabulary.without(bars.ids(), model instanceof Model.Unigram),
        List.of(),
        specialTokens,
        false,
        cuts);
  }

  /** The normalizer as a list of steps, sequences flattened; empty for none. */
  public List<Normalizer> normalizers() {
    return normalizer.isPresent() ? normalizer.get().flattened() : List.of();
  }

  /** The pre-tokenizer as a list of steps, sequences flattened; empty for none. */
  public List<PreTokenizer> preTokenizers() {
    return preTokenizer.isPresent() ? preTokenizer.get().flattened() : List.of();
  }

  /** The post-processor as a list of steps, sequences flattened; empty for none. */
  public List<PostProcessor> postProcessors() {
    return postProcessor.isPresent() ? postProcessor.get().flattened() : List.of();
  }

  /** The decoder as a list of steps, sequences flattened; empty for none, or for no step. */
  public List<Decoder> decoders() {
    return decoder.isPresent() ? decoder.get().flattened() : List.of();
  }
}
