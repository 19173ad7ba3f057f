package dev.remora.forms;

import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.TextCuts;
import dev.remora.core.special.ConfiguredToken;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.List;
import java.util.Optional;

/**
 * What a form says of a tokenizer by itself, before the configs' special tokens come to it.
 *
 * @param normalizer the normalizer
 * @param preTokenizer the pre-tokenizer
 * @param model the model without its vocabulary
 * @param vocabulary the model's vocabulary alone
 * @param vocabularyEntries how many entries it has, equal ones included
 * @param postProcessor the post-processor
 * @param decoder the decoder
 * @param addedTokens the form's own added tokens, in order
 * @param cuts where a text is cut first of all; empty for nowhere
 */
record FormParts(
    Optional<Normalizer> normalizer,
    Optional<PreTokenizer> preTokenizer,
    Model model,
    Vocabulary vocabulary,
    int vocabularyEntries,
    Optional<PostProcessor> postProcessor,
    Optional<Decoder> decoder,
    List<ConfiguredToken> addedTokens,
    Optional<TextCuts> cuts) {
  /** The same with another pre-tokenizer. */
  FormParts withPreTokenizer(PreTokenizer other) {
    return new FormParts(
        normalizer,
        Optional.of(other),
        model,
        vocabulary,
        vocabularyEntries,
        postProcessor,
        decoder,
        addedTokens,
        cuts);
  }
}
