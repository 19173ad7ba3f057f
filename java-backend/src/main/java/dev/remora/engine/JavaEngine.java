package dev.remora.engine;

import dev.remora.EngineException;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.engine.TokenizerDefinition;
import dev.remora.core.engine.TokenizerEngine;
import java.util.Map;
import java.util.Optional;

/**
 * Remora's own engine: BPE models in plain Java, with the ids, offsets and texts of Hugging Face
 * tokenizers 0.21.4. Its priority is 100, so that it serves what it knows exactly; it declines the
 * rest, with the reason.
 *
 * <p>Thread-safe.
 */
public final class JavaEngine implements TokenizerEngine {
  private static final String NAME = "java";

  /** For {@link java.util.ServiceLoader}. */
  public JavaEngine() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public Optional<String> reasonToDecline(TokenizerDefinition definition) {
    try {
      Configuration.read(definition);
      return Optional.empty();
    } catch (Unsupported e) {
      return Optional.of(e.reason());
    }
  }

  @Override
  public EngineSession open(TokenizerDefinition definition) {
    try {
      return JavaSession.open(definition, Configuration.read(definition));
    } catch (Unsupported e) {
      throw new EngineException("the engine declines this bundle", Map.of(NAME, e.reason()), e);
    }
  }
}
