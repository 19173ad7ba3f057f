package dev.remora.conformance.contract;

import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.TokenizerDefinition;
import java.util.Optional;

/** Definitions that tests make of others. */
public final class ChangedDefinition {
  private ChangedDefinition() {}

  /** The same with another normalizer. */
  public static TokenizerDefinition of(TokenizerDefinition base, Optional<Normalizer> normalizer) {
    return of(base, normalizer, base.preTokenizer());
  }

  /** The same with another normalizer and pre-tokenizer. */
  public static TokenizerDefinition of(
      TokenizerDefinition base,
      Optional<Normalizer> normalizer,
      Optional<PreTokenizer> preTokenizer) {
    return new TokenizerDefinition(
        normalizer,
        preTokenizer,
        base.model(),
        base.postProcessor(),
        base.decoder(),
        base.vocabulary(),
        base.addedTokens(),
        base.specialTokens(),
        base.splitsSpecialTokens(),
        base.cuts());
  }
}
