package dev.remora.djl;

import dev.remora.core.engine.EngineSession;
import dev.remora.core.engine.TokenizerDefinition;
import dev.remora.core.engine.TokenizerEngine;
import java.util.Optional;

/**
 * The reference engine: DJL's {@code HuggingFaceTokenizer}, which runs Hugging Face tokenizers
 * 0.21.4. Its priority is 0, so that an engine that serves fewer definitions goes first.
 *
 * <p>The native library is loaded by the first {@link #open}. Before that, the system properties
 * {@code OPT_OUT_TRACKING} (else DJL asks instance-metadata addresses) and {@code RUST_FLAVOR}
 * (else DJL downloads a CUDA build on a GPU host) are set, each unless it is set already, as a
 * property or in the environment.
 *
 * <p>Thread-safe.
 */
public final class DjlEngine implements TokenizerEngine {
  /** The name of this engine. */
  static final String NAME = "djl";

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
  public Optional<String> reasonToDecline(TokenizerDefinition definition) {
    return Hazards.of(definition);
  }

  @Override
  public EngineSession open(TokenizerDefinition definition) {
    NativeLibrary.load();
    return new DjlSession(NativeTokenizer.open(definition.json()), TextLimits.of(definition));
  }
}
