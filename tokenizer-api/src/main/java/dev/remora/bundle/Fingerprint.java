package dev.remora.bundle;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a bundle was verified: its wire fingerprint matched, the check was waived by option, or the
 * files are local and there is none, though a worker may have confirmed them. A mismatch cannot be
 * represented.
 *
 * <p>The wire fingerprint is the SHA-256 of what was sent. It is not an identity: two workers with
 * equal files send different archives. The identity is the {@link ContentDigest}.
 *
 * <p>Immutable and thread-safe.
 */
public final class Fingerprint {
  /** How the bundle was verified. */
  public enum Check {
    /** The bytes have the SHA-256 that the worker announced or the caller expects. */
    MATCHED,
    /** The worker announced none, and the caller allowed that by option. */
    WAIVED,
    /** The files came from this machine's disk. */
    LOCAL,
    /** The same, and a worker gave probe texts the ids that these files give them. */
    PROBED,
    /** The files came from a cache, and have the content digest under which they lay there. */
    CACHED
  }

  private final Check check;
  private final @Nullable String sha256;

  private Fingerprint(Check check, @Nullable String sha256) {
    this.check = check;
    this.sha256 = sha256;
  }

  /**
   * The fingerprint of bytes that have the SHA-256 that was announced or expected; empty if they
   * have another.
   *
   * @param expected the SHA-256 that was announced or expected, in hex of either case
   * @param actual the SHA-256 of the bytes, in lower-case hex
   */
  public static Optional<Fingerprint> matched(String expected, String actual) {
    return expected.equalsIgnoreCase(actual)
        ? Optional.of(new Fingerprint(Check.MATCHED, actual))
        : Optional.empty();
  }

  /**
   * The fingerprint of bytes for which none was sent, as the caller allowed.
   *
   * @param actual the SHA-256 of the bytes, in lower-case hex
   */
  public static Fingerprint waived(String actual) {
    return new Fingerprint(Check.WAIVED, Objects.requireNonNull(actual));
  }

  /** The fingerprint of local files, which have none. */
  public static Fingerprint local() {
    return new Fingerprint(Check.LOCAL, null);
  }

  /** The fingerprint of local files whose ids a worker confirms before they serve. */
  public static Fingerprint probed() {
    return new Fingerprint(Check.PROBED, null);
  }

  /**
   * The fingerprint of files from a cache.
   *
   * @param sha256 the SHA-256 of the bytes as a worker sent them, in lower-case hex, if that was
   *     verified
   */
  public static Fingerprint cached(Optional<String> sha256) {
    return new Fingerprint(Check.CACHED, sha256.orElse(null));
  }

  /** Whether and how the bytes were verified. */
  public Check check() {
    return check;
  }

  /** The SHA-256 of the bytes as they were sent, in lower-case hex; empty for local files. */
  public Optional<String> sha256() {
    return Optional.ofNullable(sha256);
  }

  /** The same, where it was compared with the one that was announced or expected; else empty. */
  public Optional<String> verifiedSha256() {
    return check == Check.WAIVED ? Optional.empty() : sha256();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fingerprint that
        && check == that.check
        && Objects.equals(sha256, that.sha256);
  }

  @Override
  public int hashCode() {
    return Objects.hash(check, sha256);
  }

  /** The check and the SHA-256, if there is one. */
  @Override
  public String toString() {
    return sha256 == null ? check.toString() : check + " " + sha256;
  }
}
