package dev.remora.engine.regex;

/** The end of compiling what cannot be done exactly; it never leaves this package. */
final class UnsupportedRegexException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsupportedRegexException(String reason) {
    super(reason, null, false, false);
  }

  /** Why, as a user should read it. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
