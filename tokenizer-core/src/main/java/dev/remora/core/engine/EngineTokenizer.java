package dev.remora.core.engine;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EncodeOptions;
import dev.remora.EncodeOptions.SpecialTokensInText;
import dev.remora.Encoding;
import dev.remora.EncodingSeams;
import dev.remora.EngineInfo;
import dev.remora.Prompt;
import dev.remora.Tokenizer;
import dev.remora.UnknownTokenException;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.SpecialTokens;
import dev.remora.core.decode.TokenDecoder;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;

/** The tokenizer over any engine: checks arguments and answers what needs no engine. */
final class EngineTokenizer implements Tokenizer {
  private final EngineSession session;
  private final Vocabulary vocabulary;
  private final SpecialTokens specialTokens;
  private final BundleInfo bundle;
  private final EngineInfo engine;
  private final TokenDecoder decoder;

  EngineTokenizer(
      EngineSession session,
      TokenizerDefinition definition,
      BundleInfo bundle,
      EngineInfo engine,
      TokenDecoder decoder) {
    this.session =
        definition.cuts().isPresent() ? new CutSession(session, definition.cuts().get()) : session;
    this.vocabulary = definition.vocabulary();
    this.specialTokens = definition.specialTokens();
    this.bundle = bundle;
    this.engine = engine;
    this.decoder = decoder;
  }

  private EngineTokenizer(EngineTokenizer other, BundleInfo bundle) {
    this.session = other.session;
    this.vocabulary = other.vocabulary;
    this.specialTokens = other.specialTokens;
    this.bundle = bundle;
    this.engine = other.engine;
    this.decoder = other.decoder;
  }

  /** This tokenizer with another description of its bundle; closing one closes both. */
  EngineTokenizer describedBy(BundleInfo info) {
    return new EngineTokenizer(this, info);
  }

  @Override
  public Encoding encode(String text, EncodeOptions options) {
    Objects.requireNonNull(text, "text");
    boolean special = options.addSpecialTokens();
    if (isPlain(options)) {
      GuardedText plain = GuardedText.plain(text);
      return new Encoding(
          session.encode(plain, special, new Refusals()), () -> session.details(plain, special));
    }
    return new Encoding(session.encode(text, special), () -> session.details(text, special));
  }

  private static boolean isPlain(EncodeOptions options) {
    return options.specialTokensInText() == SpecialTokensInText.PLAIN;
  }

  @Override
  public Encoding encode(Prompt prompt) {
    return new PromptEncoder(session, vocabulary, prompt).encode();
  }

  @Override
  public int count(Prompt prompt) {
    return encode(prompt).size();
  }

  @Override
  public List<Encoding> encodeAll(List<String> texts, EncodeOptions options) {
    List<Encoding> encodings = new ArrayList<>(texts.size());
    for (String text : texts) {
      encodings.add(encode(text, options));
    }
    return List.copyOf(encodings);
  }

  @Override
  public List<Encoding> encodeAll(List<String> texts, EncodeOptions options, Executor executor) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(executor, "executor");
    return new Batch(texts, text -> encode(text, options)).encode(executor);
  }

  @Override
  public int count(String text, EncodeOptions options) {
    Objects.requireNonNull(text, "text");
    return isPlain(options)
        ? encode(text, options).size()
        : session.count(text, options.addSpecialTokens());
  }

  @Override
  public OptionalInt countUpTo(String text, EncodeOptions options, int bound) {
    Objects.requireNonNull(text, "text");
    if (bound < 0) {
      throw new IllegalArgumentException("the bound is negative: " + bound);
    }
    int count =
        isPlain(options)
            ? count(text, options)
            : session.countUpTo(text, options.addSpecialTokens(), bound);
    return count <= bound ? OptionalInt.of(count) : OptionalInt.empty();
  }

  @Override
  public String decode(int[] ids, DecodeOptions options) {
    Objects.requireNonNull(ids, "ids");
    Objects.requireNonNull(options, "options");
    session.checkOpen();
    if (decoder.reasonItNeedsAllTokens().isEmpty() || options.promptIds().length > 0) {
      return decoder.decode(ids, options);
    }
    int[] checked = ids.clone(); // the check holds for what is decoded, whoever writes to ids
    for (int index = 0; index < checked.length; index++) {
      if (!vocabulary.contains(checked[index])) {
        throw new UnknownTokenException(checked[index], index, vocabulary.size());
      }
    }
    return session
        .wholeDecoder()
        .map(whole -> whole.decode(checked, options.skipSpecialTokens()))
        .orElseGet(() -> decoder.decode(checked, options));
  }

  @Override
  public DecodeStream decodeStream(DecodeOptions options) {
    session.checkOpen();
    return decoder.open(options);
  }

  @Override
  public OptionalInt idOf(String token) {
    return vocabulary.idOf(Objects.requireNonNull(token, "token"));
  }

  @Override
  public Optional<String> tokenOf(int id) {
    return vocabulary.tokenOf(id);
  }

  @Override
  public int vocabularySize() {
    return vocabulary.size();
  }

  @Override
  public int idBound() {
    return vocabulary.idBound();
  }

  @Override
  public SpecialTokens specialTokens() {
    return specialTokens;
  }

  @Override
  public BundleInfo bundle() {
    return bundle;
  }

  @Override
  public Optional<EncodingSeams> seams() {
    return session.seams();
  }

  @Override
  public EngineInfo engine() {
    return engine;
  }

  @Override
  public void close() {
    session.close();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %d tokens, engine %s, content %s",
        Printable.of(bundle.modelIdentifier().orElse("a tokenizer"), Printable.NAME),
        vocabularySize(),
        engine.name(),
        bundle.digest());
  }
}
