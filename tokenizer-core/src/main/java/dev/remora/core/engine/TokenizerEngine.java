package dev.remora.core.engine;

import java.util.Optional;

/**
 * Something that can encode and decode by a {@link TokenizerDefinition}. A provider is registered
 * for {@link java.util.ServiceLoader}, found under the class loader of this interface, and must
 * have a constructor without parameters that loads no native code.
 *
 * <p>Thread-safe.
 */
public interface TokenizerEngine {
  /** The name by which a caller asks for this engine, such as {@code djl}. */
  String name();

  /** Which of several engines that serve a definition is taken: the one with the highest number. */
  int priority();

  /**
   * Why this engine does not serve the definition; empty if it does. Cheap: no tables are built.
   */
  Optional<String> reasonToDecline(TokenizerDefinition definition);

  /**
   * Builds what encodes and decodes. Keeps nothing of the definition but its {@link Vocabulary}.
   *
   * @throws dev.remora.EngineException if the engine cannot run on this system
   * @throws dev.remora.BundleException if the definition turns out to be no tokenizer
   */
  EngineSession open(TokenizerDefinition definition);
}
