package dev.remora.chat.response.pattern;

/** A search that took more steps than its text allows, since its pattern backtracks without end. */
public final class StepsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long bound;

  StepsException(String expression, long bound) {
    super("more than " + bound + " steps of the pattern " + expression, null, false, false);
    this.bound = bound;
  }

  /** The steps that were allowed. */
  public long bound() {
    return bound;
  }
}
