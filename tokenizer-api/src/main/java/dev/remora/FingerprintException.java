package dev.remora;

/** The bytes that arrived do not have the SHA-256 that was announced or expected. */
public final class FingerprintException extends BundleException {
  private final String expected;
  private final String actual;

  /**
   * @param rule the rule that was broken: {@code A4}, {@code B2}, or {@code C2} for a pinned one
   * @param expected the SHA-256 that was announced or pinned, in hex
   * @param actual the SHA-256 of the bytes that arrived, in hex
   */
  public FingerprintException(Rule rule, String expected, String actual) {
    super(rule, null, "fingerprint mismatch: expected " + expected + ", actual " + actual);
    this.expected = expected;
    this.actual = actual;
  }

  @Override
  public String kind() {
    return "fingerprint";
  }

  /** The SHA-256 that was announced or pinned, as it was given. */
  public String expected() {
    return expected;
  }

  /** The SHA-256 of the bytes that arrived, in lower-case hex. */
  public String actual() {
    return actual;
  }
}
