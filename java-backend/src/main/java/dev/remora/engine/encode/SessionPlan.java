package dev.remora.engine.encode;

import dev.remora.core.definition.ModelBars;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.engine.EngineSession.WholeDecoder;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.added.AddedTokenPlan;
import dev.remora.engine.frame.SpecialTokenFrame;
import dev.remora.engine.normalize.NormalizationPipeline;
import dev.remora.engine.split.MarkerScanner;
import dev.remora.engine.split.TextSplitter;
import dev.remora.engine.text.Signs;
import dev.remora.engine.word.WordModel;
import java.util.Optional;

/**
 * A definition in the engine's own terms; opening it builds the tables.
 *
 * @param vocabulary the vocabulary
 * @param addedTokens the added tokens
 * @param normalization the normalizer
 * @param splitter the pre-tokenizer
 * @param model the model
 * @param frame the post-processor
 * @param decoder the decoder, if it needs all tokens at once
 * @param definition what tells which ids the model is not to give where a text is guarded
 */
public record SessionPlan(
    Vocabulary vocabulary,
    AddedTokenPlan addedTokens,
    NormalizationPipeline normalization,
    TextSplitter splitter,
    WordModel.Plan model,
    SpecialTokenFrame frame,
    Optional<WholeDecoder> decoder,
    TokenizerDefinition definition)
    implements EngineAnswer.Plan {
  @Override
  public EngineSession open(BuildGuard guard) {
    WordModel built = model.build(guard);
    guard.check();
    ModelBars bars = ModelBars.of(definition);
    EncodePipeline pipeline =
        new EncodePipeline(
            addedTokens.rawFinder(),
            normalization,
            addedTokens.normalizedFinder(),
            splitterFor(built),
            built,
            bars.ids());
    return new JavaSession(
        vocabulary, addedTokens, pipeline, frame, decoder, bars.problem().orElse(null));
  }

  /** A text that is one pre-token is cut before runs of markers all the same, where it may be. */
  private TextSplitter splitterFor(WordModel built) {
    MarkerScanner scanner = new MarkerScanner(Signs.marker(), false);
    return splitter.cutsNothing() && built.mayCut(scanner) ? splitter.with(scanner) : splitter;
  }
}
