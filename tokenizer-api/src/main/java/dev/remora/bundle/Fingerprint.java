package dev.remora.bundle;

import dev.remora.FingerprintException;
import dev.remora.Rule;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a bundle was verified: its wire fingerprint matched, the check was waived by option, or the
 * files are local and there is none. A mismatch cannot be represented.
 *
 * <p>The wire fingerprint is the SHA-256 of what was sent, and no identity: two workers with equal
 * files send different archives. The identity is the {@link ContentDigest}. Immutable.
 */
public final class Fingerprint {
  /** How the bundle was verified. */
  public enum Check {
    /** The bytes have the SHA-256 that the worker, or the caller, named. */
    MATCHED,
    /** The worker named none, and the caller allowed that by option. */
    WAIVED,
    /** The files came from this machine's disk. */
    LOCAL
  }

  private final Check check;
  private final @Nullable String sha256;

  private Fingerprint(Check check, @Nullable String sha256) {
    this.check = check;
    this.sha256 = sha256;
  }

  /**
   * Compares two SHA-256 in hex of either case.
   *
   * @param rule the rule that asks for it, for the exception
   * @throws FingerprintException if they differ
   */
  public static Fingerprint matched(Rule rule, String expected, String actual) {
    if (!expected.equalsIgnoreCase(actual)) {
      throw new FingerprintException(rule, expected, actual);
    }
    return new Fingerprint(Check.MATCHED, actual);
  }

  /** No fingerprint was sent, and the caller allowed that. */
  public static Fingerprint waived(String actual) {
    return new Fingerprint(Check.WAIVED, Objects.requireNonNull(actual));
  }

  /** The files are local. */
  public static Fingerprint local() {
    return new Fingerprint(Check.LOCAL, null);
  }

  /** How the bundle was verified. */
  public Check check() {
    return check;
  }

  /** The SHA-256 of the bytes as they were sent, in lower-case hex; empty where local. */
  public Optional<String> sha256() {
    return Optional.ofNullable(sha256);
  }

  @Override
  public String toString() {
    return sha256 == null ? check.toString() : check + " " + sha256;
  }
}
