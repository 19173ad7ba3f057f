package dev.remora.remote.stream;

import dev.remora.FingerprintException;
import dev.remora.Rule;
import dev.remora.bundle.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What fingerprint a stream must have (rule C2).
 *
 * @param expected the SHA-256 in hex that the bytes must have; null for the announced one
 * @param allowMissing whether a worker may announce none although none is expected
 */
public record FingerprintPolicy(@Nullable String expected, boolean allowMissing) {

  /** Whether a worker may leave the fingerprint out. */
  boolean mayBeMissing() {
    return allowMissing || expected != null;
  }

  /**
   * Checks a stream's SHA-256 against what the caller expects and what the worker announced.
   *
   * @param rule the rule by which the worker announces it
   * @param announced what it announced; null if nothing, which is allowed
   * @throws FingerprintException if it is not the one that is expected, or announced
   */
  Fingerprint verify(Rule rule, @Nullable String announced, String actual) {
    Fingerprint asExpected = expected == null ? null : matched(Rule.C2, expected, actual);
    if (announced != null) {
      return matched(rule, announced, actual);
    }
    return asExpected == null ? Fingerprint.waived(actual) : asExpected;
  }

  private static Fingerprint matched(Rule rule, String expected, String actual) {
    return Fingerprint.matched(expected, actual)
        .orElseThrow(() -> new FingerprintException(rule, expected, actual));
  }
}
