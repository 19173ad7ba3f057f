package dev.remora;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes that arrived do not have the SHA-256 that was announced or expected. */
public final class FingerprintException extends BundleException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String actual;

  /**
   * @param rule the rule that was broken: {@link Rule#A4} or {@link Rule#B2} for an announced
   *     SHA-256, {@link Rule#C2} for an expected one, {@link Rule#H1} for the content of a handle
   * @param expected the SHA-256 that was announced or expected, in hex
   * @param actual the SHA-256 of the bytes that arrived, in lower-case hex
   */
  public FingerprintException(Rule rule, String expected, String actual) {
    this(rule, expected, actual, null, List.of());
  }

  private FingerprintException(
      Rule rule,
      String expected,
      String actual,
      @Nullable Throwable cause,
      List<Attempt> attempts) {
    super(
        rule,
        null,
        "fingerprint mismatch: expected " + expected + ", actual " + actual,
        cause,
        attempts);
    this.expected = expected;
    this.actual = actual;
  }

  @Override
  TokenizerException copy(@Nullable Throwable newCause, List<Attempt> newAttempts) {
    return new FingerprintException(broken(), expected, actual, newCause, newAttempts);
  }

  @Override
  public ErrorKind kind() {
    return ErrorKind.FINGERPRINT;
  }

  /** The SHA-256 that was announced or expected, as it was given. */
  public String expected() {
    return expected;
  }

  /** The SHA-256 of the bytes that arrived, in lower-case hex. */
  public String actual() {
    return actual;
  }
}
