package dev.remora.core.engine;

import dev.remora.ReferenceVersion;
import java.util.Optional;

/**
 * Which engine is to serve a definition.
 *
 * @param name its name; empty for the one of highest priority that serves the definition
 * @param isTrusted whether the definition, and the texts to come, are trusted like code
 * @param reference the version of Hugging Face tokenizers whose behavior it has
 */
public record EngineChoice(Optional<String> name, boolean isTrusted, ReferenceVersion reference) {
  /** The engine of this name, with nothing trusted, and as 0.21. */
  public static EngineChoice named(String name) {
    return new EngineChoice(Optional.of(name), false, ReferenceVersion.V0_21);
  }
}
