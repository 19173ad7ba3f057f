package dev.remora.djl;

import dev.remora.core.decode.TokenDecoder;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.engine.TokenizerEngine;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.json.TokenizerJsonWriter;
import java.util.List;
import java.util.Optional;

/**
 * The reference engine: DJL's binding of Hugging Face tokenizers 0.21.4. Its priority is 0, so that
 * an engine that serves fewer definitions goes first.
 *
 * <p>The native library is loaded by the first {@link #open}, from DJL's jar. DJL's own loader is
 * not used, nor anything else of DJL's that opens a socket, starts a thread or forks a process.
 *
 * <p>Thread-safe.
 */
public final class DjlEngine implements TokenizerEngine {
  /** The name of this engine. */
  static final String NAME = "djl";

  private static final String OUTSIDE_THE_LIST =
      " (not known to be safe in native code; LoadOptions.trustBundles would take the risk)";

  /** For {@link java.util.ServiceLoader}; loads no native code. */
  public DjlEngine() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public EngineAnswer consider(TokenizerDefinition definition) {
    EngineAnswer trusted = considerTrusted(definition);
    if (trusted instanceof EngineAnswer.Declined) {
      return trusted;
    }
    Optional<String> refusal = SafeDefinition.refusal(definition);
    return refusal.isPresent()
        ? new EngineAnswer.Declined(refusal.get() + OUTSIDE_THE_LIST)
        : trusted;
  }

  @Override
  public EngineAnswer considerTrusted(TokenizerDefinition definition) {
    if (definition.normalizers().stream().anyMatch(Normalizer.SentencePiece.class::isInstance)) {
      return new EngineAnswer.Declined(
          "the normalizer is SentencePiece's own, which tokenizers does not have");
    }
    if (definition.splitsSpecialTokens() && hasOrdinaryAddedTokens(definition)) {
      return new EngineAnswer.Declined(
          "split_special_tokens beside added tokens that are not special");
    }
    if (definition.splitsSpecialTokens()
        && TokenDecoder.of(definition).reasonItNeedsAllTokens().isPresent()) {
      return new EngineAnswer.Declined(
          "split_special_tokens beside a decoder that only this engine runs");
    }
    return (EngineAnswer.Plan) guard -> open(definition, guard);
  }

  private static boolean hasOrdinaryAddedTokens(TokenizerDefinition definition) {
    return definition.addedTokens().stream().anyMatch(token -> !token.special());
  }

  /** The session of a definition that may go to native code, which nothing ends early. */
  static EngineSession open(TokenizerDefinition definition, BuildGuard guard) {
    NativeLibrary.load();
    guard.check();
    // A tokenizer.json cannot say that special tokens are to be split; one without them does.
    TokenizerDefinition written =
        definition.splitsSpecialTokens() ? definition.withAddedTokens(List.of()) : definition;
    byte[] json = TokenizerJsonWriter.write(written);
    guard.check();
    NativeTokenizer tokenizer = NativeTokenizer.open(json);
    return new DjlSession(tokenizer, TextLimits.of(definition), new PlainTokenizer(definition));
  }
}
