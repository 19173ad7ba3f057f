package dev.remora.core.engine;

import dev.remora.core.guard.BuildGuard;

/** What an engine says to a definition: that it serves it, or why it does not. */
public sealed interface EngineAnswer {
  /**
   * The engine does not serve the definition.
   *
   * @param reason why, as a user should read it
   */
  record Declined(String reason) implements EngineAnswer {}

  /**
   * The engine serves the definition, which it has read: opening builds what it needs.
   *
   * <p>To be opened once at most. Not thread-safe.
   */
  @FunctionalInterface
  non-sealed interface Plan extends EngineAnswer {
    /**
     * Builds what encodes. Keeps nothing of the definition but its vocabulary.
     *
     * @param guard ends it early
     * @throws dev.remora.EngineException if the engine cannot run on this system
     * @throws dev.remora.BundleException if the definition turns out not to be a tokenizer
     */
    EngineSession open(BuildGuard guard);

    /** The same, whatever time it takes. */
    default EngineSession open() {
      return open(BuildGuard.NONE);
    }
  }
}
