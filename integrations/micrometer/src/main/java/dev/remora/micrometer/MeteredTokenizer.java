package dev.remora.micrometer;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.EncodingSeams;
import dev.remora.EngineInfo;
import dev.remora.Prompt;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.SpecialTokens;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;

/** A tokenizer that counts what it does. Thread-safe. */
record MeteredTokenizer(Tokenizer tokenizer, TokenCounters counters) implements Tokenizer {
  @Override
  public Encoding encode(String text, EncodeOptions options) {
    return counted(tokenizer.encode(text, options));
  }

  @Override
  public Encoding encode(Prompt prompt) {
    return counted(tokenizer.encode(prompt));
  }

  private Encoding counted(Encoding encoding) {
    counters.countEncoded(encoding.size());
    return encoding;
  }

  @Override
  public List<Encoding> encodeAll(List<String> texts, EncodeOptions options) {
    return counted(tokenizer.encodeAll(texts, options));
  }

  @Override
  public List<Encoding> encodeAll(List<String> texts, EncodeOptions options, Executor executor) {
    return counted(tokenizer.encodeAll(texts, options, executor));
  }

  private List<Encoding> counted(List<Encoding> encodings) {
    encodings.forEach(this::counted);
    return encodings;
  }

  @Override
  public int count(String text, EncodeOptions options) {
    return counted(tokenizer.count(text, options));
  }

  @Override
  public int count(Prompt prompt) {
    return counted(tokenizer.count(prompt));
  }

  private int counted(int count) {
    counters.countEncoded(count);
    return count;
  }

  @Override
  public OptionalInt countUpTo(String text, EncodeOptions options, int bound) {
    OptionalInt count = tokenizer.countUpTo(text, options, bound);
    counters.countEncoded(count.orElse(bound)); // how far it went beyond is not told
    return count;
  }

  @Override
  public String decode(int[] ids, DecodeOptions options) {
    String text = tokenizer.decode(ids, options);
    counters.decoded().increment(ids.length);
    return text;
  }

  @Override
  public DecodeStream decodeStream(DecodeOptions options) {
    return new MeteredStream(tokenizer.decodeStream(options), counters.decoded());
  }

  @Override
  public OptionalInt idOf(String token) {
    return tokenizer.idOf(token);
  }

  @Override
  public Optional<String> tokenOf(int id) {
    return tokenizer.tokenOf(id);
  }

  @Override
  public int vocabularySize() {
    return tokenizer.vocabularySize();
  }

  @Override
  public int idBound() {
    return tokenizer.idBound();
  }

  @Override
  public SpecialTokens specialTokens() {
    return tokenizer.specialTokens();
  }

  @Override
  public BundleInfo bundle() {
    return tokenizer.bundle();
  }

  @Override
  public Optional<EncodingSeams> seams() {
    return tokenizer.seams();
  }

  @Override
  public EngineInfo engine() {
    return tokenizer.engine();
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  @Override
  public String toString() {
    return tokenizer.toString();
  }
}
