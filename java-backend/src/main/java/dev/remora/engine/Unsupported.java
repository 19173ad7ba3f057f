package dev.remora.engine;

/** A definition has something that this engine does not know exactly. */
final class Unsupported extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param reason what it is, as a user should read it
   */
  Unsupported(String reason) {
    super(reason, null, false, false); // an answer, not a fault: no stack trace
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
