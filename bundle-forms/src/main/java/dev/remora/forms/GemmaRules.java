package dev.remora.forms;

import dev.remora.bundle.SpecialTokens;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.forms.sentencepiece.TrainerSpec.ModelType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * GemmaTokenizer: as Llama's without a space before a text. The Split at spaces that the class has
 * finds none, since each has become a mark.
 */
final class GemmaRules extends SentencePieceRules {
  private static final Set<String> TURNS = Set.of("<start_of_turn>", "<end_of_turn>");

  GemmaRules(Source source) {
    super(
        source,
        Map.of(
            SpecialTokens.UNK, UNK,
            SpecialTokens.BOS, "<bos>",
            SpecialTokens.EOS, "<eos>",
            SpecialTokens.PAD, PAD,
            SpecialTokens.MASK, "<mask>"));
    require(ModelType.BPE);
  }

  @Override
  boolean byteFallback() {
    return true;
  }

  @Override
  boolean isSpecial(String userDefined) {
    return TURNS.contains(userDefined);
  }

  @Override
  Optional<Normalizer> normalizer() {
    return Optional.of(markSpaces());
  }

  @Override
  Decoder decoder() {
    return spaces(true, false);
  }

  @Override
  Optional<PostProcessor> postProcessor(RoleTokens tokens) {
    return configuredFrame(tokens, false);
  }
}
