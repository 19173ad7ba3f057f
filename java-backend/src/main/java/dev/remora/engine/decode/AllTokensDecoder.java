package dev.remora.engine.decode;

import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineSession.WholeDecoder;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Decodes all ids at once: each decoder over all that the one before made. Thread-safe. */
final class AllTokensDecoder implements WholeDecoder {
  private final Vocabulary vocabulary;
  private final Set<String> special;
  private final List<DecodingStep> steps;

  AllTokensDecoder(TokenizerDefinition definition, List<DecodingStep> steps) {
    this.vocabulary = definition.vocabulary();
    this.special =
        definition.addedTokens().stream()
            .filter(AddedToken::special)
            .map(AddedToken::content)
            .collect(Collectors.toUnmodifiableSet());
    this.steps = List.copyOf(steps);
  }

  @Override
  public String decode(int[] ids, boolean skipSpecialTokens) {
    TokenRow tokens = new TokenRow();
    for (int id : ids) {
      String token = vocabulary.tokenOf(id).orElseThrow();
      if (!skipSpecialTokens || !special.contains(token)) {
        tokens.append(token.getBytes(StandardCharsets.UTF_8));
        tokens.endToken();
      }
    }
    TokenRow spare = new TokenRow();
    for (DecodingStep step : steps) {
      TokenRow source = tokens;
      spare.clear();
      step.apply(source, spare);
      tokens = spare;
      spare = source;
    }
    return new String(tokens.bytes, 0, tokens.length(), StandardCharsets.UTF_8);
  }
}
