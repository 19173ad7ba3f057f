package dev.remora.remote.registry;

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

/** A tokenizer that is another one for all but its end. Thread-safe. */
abstract class ForwardingTokenizer implements Tokenizer {
  /** The tokenizer that it is, which it may refuse to be any more. */
  abstract Tokenizer tokenizer();

  @Override
  public Encoding encode(String text, EncodeOptions options) {
    return tokenizer().encode(text, options);
  }

  @Override
  public Encoding encode(Prompt prompt) {
    return tokenizer().encode(prompt);
  }

  @Override
  public int count(Prompt prompt) {
    return tokenizer().count(prompt);
  }

  @Override
  public List<Encoding> encodeAll(List<String> texts, EncodeOptions options) {
    return tokenizer().encodeAll(texts, options);
  }

  @Override
  public List<Encoding> encodeAll(List<String> texts, EncodeOptions options, Executor executor) {
    return tokenizer().encodeAll(texts, options, executor);
  }

  @Override
  public int count(String text, EncodeOptions options) {
    return tokenizer().count(text, options);
  }

  @Override
  public OptionalInt countUpTo(String text, EncodeOptions options, int bound) {
    return tokenizer().countUpTo(text, options, bound);
  }

  @Override
  public String decode(int[] ids, DecodeOptions options) {
    return tokenizer().decode(ids, options);
  }

  @Override
  public DecodeStream decodeStream(DecodeOptions options) {
    return tokenizer().decodeStream(options);
  }

  @Override
  public OptionalInt idOf(String token) {
    return tokenizer().idOf(token);
  }

  @Override
  public Optional<String> tokenOf(int id) {
    return tokenizer().tokenOf(id);
  }

  @Override
  public int vocabularySize() {
    return tokenizer().vocabularySize();
  }

  @Override
  public int idBound() {
    return tokenizer().idBound();
  }

  @Override
  public SpecialTokens specialTokens() {
    return tokenizer().specialTokens();
  }

  @Override
  public BundleInfo bundle() {
    return tokenizer().bundle();
  }

  @Override
  public Optional<EncodingSeams> seams() {
    return tokenizer().seams();
  }

  @Override
  public EngineInfo engine() {
    return tokenizer().engine();
  }
}
