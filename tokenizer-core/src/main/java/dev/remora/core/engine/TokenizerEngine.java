package dev.remora.core.engine;

import dev.remora.core.definition.TokenizerDefinition;

/**
 * Something that can encode by a {@link TokenizerDefinition}. A provider is registered for {@link
 * java.util.ServiceLoader}, found under the class loader of this interface, and must have a
 * constructor without parameters that loads no native code.
 *
 * <p>Thread-safe.
 */
public interface TokenizerEngine {
  /** The name by which a caller asks for this engine, such as {@code djl}. */
  String name();

  /** Which of several engines that serve a definition is taken: the one with the highest number. */
  int priority();

  /** Reads the definition, and says whether this engine serves it. Cheap: no tables are built. */
  EngineAnswer consider(TokenizerDefinition definition);

  /**
   * Considers a definition that is trusted like code, as are the texts to come: an engine with
   * native code may serve what it does not know to be safe there. By default as {@link #consider}.
   */
  default EngineAnswer considerTrusted(TokenizerDefinition definition) {
    return consider(definition);
  }
}
