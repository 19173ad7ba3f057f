package dev.remora.engine.encode;

import dev.remora.engine.added.AddedTokenFinder;
import dev.remora.engine.normalize.NormalizationPipeline;
import dev.remora.engine.split.TextSplitter;
import dev.remora.engine.word.WordModel;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What makes ids of a text, in order: added tokens of the raw text are found; the rest is
 * normalized; added tokens of the normalized text are found; the rest is split into pre-tokens;
 * each of them becomes ids by the model. {@link EncodeCall} runs it. Thread-safe.
 *
 * @param rawTokens what finds added tokens in the raw text; null where there are none
 * @param normalization the normalizer
 * @param normalizedTokens what finds added tokens in the normalized text; null where there are none
 * @param splitter the pre-tokenizer
 * @param model the model
 * @param barred the ids that the model is not to give where a text is guarded; not to be changed
 */
record EncodePipeline(
    @Nullable AddedTokenFinder rawTokens,
    NormalizationPipeline normalization,
    @Nullable AddedTokenFinder normalizedTokens,
    TextSplitter splitter,
    WordModel model,
    BitSet barred) {}
