package dev.remora.remote;

import dev.remora.bundle.TokenizerBundle;
import java.util.Optional;

/** What a load makes of the bundle that a worker sends. */
@FunctionalInterface
interface BundleUse<T> {
  /**
   * What is there already for the fingerprint that a worker announces before its data; then the
   * call is cancelled (rule A5).
   */
  default Optional<T> known(String fingerprint) {
    return Optional.empty();
  }

  /** Uses a verified bundle. */
  T use(TokenizerBundle bundle, ModelClaims claims);
}
