package dev.remora.engine.encode;

import dev.remora.EncodingSeams;
import dev.remora.EngineException;
import dev.remora.TokenDetails;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.engine.GuardedText;
import dev.remora.core.engine.Refusals;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.added.AddedTokenFinder;
import dev.remora.engine.added.AddedTokenPlan;
import dev.remora.engine.added.SeamTokens;
import dev.remora.engine.frame.EncodingRecorder;
import dev.remora.engine.frame.SpecialTokenFrame;
import dev.remora.engine.split.WordBorders;
import dev.remora.engine.word.WordModel;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One tokenizer of this engine: lends each caller what a call works in. Thread-safe. */
final class JavaSession implements EngineSession {
  private final Vocabulary vocabulary;
  private final WordModel model;
  private final SpecialTokenFrame frame;
  private final Optional<WholeDecoder> decoder;
  private final AddedTokenPlan addedTokens;
  private final @Nullable AddedTokenFinder finder;
  private final WordBorders borders;
  private final CallPool calls;
  private final @Nullable String cannotGuard; // why no text can be guarded; null if it can
  private volatile boolean closed;

  JavaSession(
      Vocabulary vocabulary,
      AddedTokenPlan addedTokens,
      EncodePipeline pipeline,
      SpecialTokenFrame frame,
      Optional<WholeDecoder> decoder,
      @Nullable String cannotGuard) {
    this.cannotGuard = cannotGuard;
    this.vocabulary = vocabulary;
    this.addedTokens = addedTokens;
    this.finder = pipeline.rawTokens();
    this.model = pipeline.model();
    this.borders = borders(addedTokens, pipeline);
    this.frame = frame;
    this.decoder = decoder;
    this.calls = new CallPool(() -> new EncodeCall(pipeline));
  }

  private static WordBorders borders(AddedTokenPlan addedTokens, EncodePipeline pipeline) {
    WordBorders borders = pipeline.splitter().borders();
    return pipeline.normalization().keepsWordsApart(borders.dropsWhiteSpace())
        ? addedTokens.leaves(borders)
        : WordBorders.NONE;
  }

  @Override
  public int[] encode(String text, boolean addSpecialTokens) {
    return withCall(call -> frame.around(call.encode(text), addSpecialTokens));
  }

  /** Gives what is done with a call, while the session is open. */
  <T> T withCall(Function<EncodeCall, T> work) {
    checkOpen();
    EncodeCall call = calls.borrow();
    try {
      return work.apply(call);
    } finally {
      calls.giveBack(call);
    }
  }

  @Override
  public int[] encode(GuardedText text, boolean addSpecialTokens, Refusals refusals) {
    checkGuards();
    EncodeCall call = calls.borrow();
    try {
      return frame.around(call.encode(new TextGuard(text, refusals)), addSpecialTokens);
    } finally {
      calls.giveBack(call);
    }
  }

  @Override
  public TokenDetails details(GuardedText text, boolean addSpecialTokens) {
    checkGuards();
    EncodingRecorder recorder = new EncodingRecorder(vocabulary, model);
    EncodeCall call = calls.borrow();
    try {
      call.record(new TextGuard(text, new Refusals()), recorder);
    } finally {
      calls.giveBack(call);
    }
    return frame.around(recorder, text.text(), addSpecialTokens);
  }

  /**
   * @throws EngineException if texts cannot be guarded
   */
  void checkGuards() {
    checkOpen();
    if (cannotGuard != null) {
      throw new EngineException(
          "the tokenizer cannot be kept from making special tokens of text",
          Map.of("java", cannotGuard),
          null);
    }
  }

  @Override
  public int count(String text, boolean addSpecialTokens) {
    return countUpTo(text, addSpecialTokens, Integer.MAX_VALUE);
  }

  @Override
  public int countUpTo(String text, boolean addSpecialTokens, int bound) {
    return withCall(
        call -> call.encodeUpTo(text, bound).count + (addSpecialTokens ? frame.size() : 0));
  }

  @Override
  public TokenDetails details(String text, boolean addSpecialTokens) {
    EncodingRecorder recorder = new EncodingRecorder(vocabulary, model);
    return withCall(
        call -> {
          call.record(text, recorder);
          return frame.around(recorder, text, addSpecialTokens);
        });
  }

  @Override
  public Optional<EncodingSeams> seams() {
    checkOpen();
    SeamTokens tokens = finder == null ? SeamTokens.NONE : SeamTokens.of(addedTokens, finder);
    return tokens.isEmpty() && !borders.areKnown()
        ? Optional.empty()
        : Optional.of(new JavaSeams(this, finder, tokens, borders, frame));
  }

  @Override
  public Optional<WholeDecoder> wholeDecoder() {
    return decoder;
  }

  @Override
  public void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the tokenizer is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    calls.clear();
  }
}
