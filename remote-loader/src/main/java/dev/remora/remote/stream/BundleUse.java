package dev.remora.remote.stream;

import dev.remora.Tokenizer;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import java.util.List;
import java.util.Optional;

/** What a load makes of the bundle that a worker sends. */
@FunctionalInterface
public interface BundleUse<T> {
  /**
   * What is there already for the fingerprint that a worker announces before its data; then the
   * call is cancelled (rule A5).
   */
  default Optional<T> known(String fingerprint) {
    return Optional.empty();
  }

  /** The bundle of that fingerprint, where it lies in a cache; then too the call is cancelled. */
  default Optional<TokenizerBundle> stored(String fingerprint) {
    return Optional.empty();
  }

  /** Whether a tokenizer is built of the bundle, and given to the model check. */
  default boolean buildsTokenizer() {
    return true;
  }

  /**
   * Uses a verified bundle.
   *
   * @param guard ends it early
   * @param modelCheck throws if a tokenizer of the bundle does not fit the worker's model, where
   *     that is to be refused (rules M1, M2)
   */
  T use(TokenizerBundle bundle, BuildGuard guard, ModelCheck modelCheck);

  /** What is asked of the worker while a tokenizer is built. */
  @FunctionalInterface
  interface ModelCheck {
    /** Where there is nobody to ask. */
    ModelCheck NONE = tokenizer -> List.of();

    /** Checks a tokenizer; gives the names that the worker has for its model. */
    List<String> names(Tokenizer tokenizer);
  }
}
