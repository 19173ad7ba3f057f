package dev.remora.core.engine;

import java.util.Optional;

/**
 * Which engine is to serve a definition.
 *
 * @param name its name; empty for the one of highest priority that serves the definition
 * @param isTrusted whether the definition, and the texts to come, are trusted like code
 */
public record EngineChoice(Optional<String> name, boolean isTrusted) {
  /** The engine of this name, with nothing trusted. */
  public static EngineChoice named(String name) {
    return new EngineChoice(Optional.of(name), false);
  }
}
