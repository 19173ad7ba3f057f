package dev.remora.engine;

import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.core.engine.EngineSession.WholeDecoder;
import dev.remora.core.engine.TokenizerEngine;
import dev.remora.engine.added.AddedTokenPlan;
import dev.remora.engine.added.KnownAddedTokens;
import dev.remora.engine.decode.KnownDecoders;
import dev.remora.engine.encode.KnownModels;
import dev.remora.engine.encode.SessionPlan;
import dev.remora.engine.frame.KnownFrames;
import dev.remora.engine.frame.SpecialTokenFrame;
import dev.remora.engine.normalize.KnownNormalizers;
import dev.remora.engine.normalize.NormalizationPipeline;
import dev.remora.engine.reading.Reading;
import dev.remora.engine.split.KnownSplitters;
import dev.remora.engine.split.TextSplitter;
import dev.remora.engine.word.WordModel;
import java.util.Optional;

/**
 * Remora's own engine, in plain Java: encodes to the ids and offsets of Hugging Face tokenizers
 * 0.21.4. Its priority is 100, so that it serves what it knows exactly; it declines the rest, with
 * the reason.
 *
 * <p>Thread-safe.
 */
public final class JavaEngine implements TokenizerEngine {
  /** For {@link java.util.ServiceLoader}. */
  public JavaEngine() {}

  @Override
  public String name() {
    return "java";
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public EngineAnswer consider(TokenizerDefinition definition) {
    Reading<TextSplitter> splitter =
        KnownSplitters.read(
            definition.preTokenizers(), KnownNormalizers.leavesSpaces(definition.normalizers()));
    Reading<WordModel.Plan> model =
        splitter.then(known -> KnownModels.read(definition, known.isByteLevel()));
    Reading<NormalizationPipeline> normalization = KnownNormalizers.read(definition.normalizers());
    Reading<AddedTokenPlan> addedTokens =
        normalization.then(known -> KnownAddedTokens.read(definition, known));
    Reading<SpecialTokenFrame> frame = KnownFrames.read(definition.postProcessors());
    Reading<Optional<WholeDecoder>> decoder = KnownDecoders.read(definition);
    Optional<String> reason =
        Reading.firstReason(splitter, model, normalization, addedTokens, frame, decoder);
    return reason.isPresent()
        ? new EngineAnswer.Declined(reason.get())
        : new SessionPlan(
            definition.vocabulary(),
            addedTokens.value(),
            normalization.value(),
            splitter.value(),
            model.value(),
            frame.value(),
            decoder.value(),
            definition);
  }
}
