package dev.remora.engine;

import dev.remora.TokenDetails;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.engine.TokenizerDefinition;
import dev.remora.core.engine.Vocabulary;
import java.nio.charset.StandardCharsets;

/** One tokenizer of this engine: lends each call its scratch. */
final class JavaSession implements EngineSession {
  private static final byte[] MARKER = "\u2581".getBytes(StandardCharsets.UTF_8);

  private final Vocabulary vocabulary;
  private final TokenLengths lengths;
  private final Encoder encoder;
  private final PostProcessor postProcessor;
  private final Decoder decoder;
  private final ScratchPool scratches;
  private volatile boolean closed;

  private JavaSession(
      TokenizerDefinition definition, Configuration configuration, BytePairModel model) {
    this.vocabulary = definition.vocabulary();
    this.lengths = new TokenLengths(model.tokens(), vocabulary, configuration.byteLevel());
    this.postProcessor = configuration.postProcessor();
    this.decoder = new Decoder(model.tokens(), definition.addedTokens(), configuration.decoding());
    this.scratches = new ScratchPool(model.pairs());
    this.encoder =
        new Encoder(
            definition.addedTokens(),
            configuration.normalizer(),
            cutting(configuration, model),
            model);
  }

  static JavaSession open(TokenizerDefinition definition, Configuration configuration) {
    BytePairModel model = new BytePairModel(definition, configuration.byteLevel());
    return new JavaSession(definition, configuration, model);
  }

  /** A stretch that is not to be cut is cut all the same where that changes nothing. */
  private static PreTokenizer cutting(Configuration configuration, BytePairModel model) {
    PreTokenizer preTokenizer = configuration.preTokenizer();
    boolean cuts =
        !configuration.byteLevel()
            && preTokenizer.scanner() instanceof WholeScanner
            && MarkerScanner.mayCut(model.tokens(), MARKER);
    return cuts ? preTokenizer.with(new MarkerScanner(MARKER, false)) : preTokenizer;
  }

  @Override
  public int[] encode(String text, boolean addSpecialTokens) {
    checkOpen();
    Scratch scratch = scratches.borrow();
    try {
      encoder.encode(text, scratch, null, Integer.MAX_VALUE);
      return postProcessor.process(scratch.ids, addSpecialTokens);
    } finally {
      scratches.giveBack(scratch);
    }
  }

  @Override
  public int count(String text, boolean addSpecialTokens) {
    return countUpTo(text, addSpecialTokens, Integer.MAX_VALUE);
  }

  @Override
  public int countUpTo(String text, boolean addSpecialTokens, int bound) {
    checkOpen();
    Scratch scratch = scratches.borrow();
    try {
      encoder.encode(text, scratch, null, bound);
      return scratch.ids.count + (addSpecialTokens ? postProcessor.added() : 0);
    } finally {
      scratches.giveBack(scratch);
    }
  }

  @Override
  public TokenDetails details(String text, boolean addSpecialTokens) {
    checkOpen();
    Scratch scratch = scratches.borrow();
    try {
      Recorder recorder = new Recorder(vocabulary, lengths);
      encoder.encode(text, scratch, recorder, Integer.MAX_VALUE);
      return postProcessor.process(recorder, text, addSpecialTokens);
    } finally {
      scratches.giveBack(scratch);
    }
  }

  @Override
  public String decode(int[] ids, boolean skipSpecialTokens) {
    checkOpen();
    return decoder.decode(ids, skipSpecialTokens);
  }

  @Override
  public void close() {
    closed = true;
    scratches.clear();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the tokenizer is closed");
    }
  }
}
