package dev.remora.engine.encode;

import dev.remora.TokenDetails;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.frame.EncodingRecorder;
import dev.remora.engine.frame.SpecialTokenFrame;
import dev.remora.engine.word.WordModel;
import java.util.Optional;

/** One tokenizer of this engine: lends each caller what a call works in. Thread-safe. */
final class JavaSession implements EngineSession {
  private final Vocabulary vocabulary;
  private final WordModel model;
  private final SpecialTokenFrame frame;
  private final Optional<WholeDecoder> decoder;
  private final CallPool calls;
  private volatile boolean closed;

  JavaSession(
      Vocabulary vocabulary,
      EncodePipeline pipeline,
      SpecialTokenFrame frame,
      Optional<WholeDecoder> decoder) {
    this.vocabulary = vocabulary;
    this.model = pipeline.model();
    this.frame = frame;
    this.decoder = decoder;
    this.calls = new CallPool(() -> new EncodeCall(pipeline));
  }

  @Override
  public int[] encode(String text, boolean addSpecialTokens) {
    checkOpen();
    EncodeCall call = calls.borrow();
    try {
      return frame.around(call.encode(text), addSpecialTokens);
    } finally {
      calls.giveBack(call);
    }
  }

  @Override
  public int count(String text, boolean addSpecialTokens) {
    return countUpTo(text, addSpecialTokens, Integer.MAX_VALUE);
  }

  @Override
  public int countUpTo(String text, boolean addSpecialTokens, int bound) {
    checkOpen();
    EncodeCall call = calls.borrow();
    try {
      return call.encodeUpTo(text, bound).count + (addSpecialTokens ? frame.size() : 0);
    } finally {
      calls.giveBack(call);
    }
  }

  @Override
  public TokenDetails details(String text, boolean addSpecialTokens) {
    checkOpen();
    EncodingRecorder recorder = new EncodingRecorder(vocabulary, model);
    EncodeCall call = calls.borrow();
    try {
      call.record(text, recorder);
    } finally {
      calls.giveBack(call);
    }
    return frame.around(recorder, text, addSpecialTokens);
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
