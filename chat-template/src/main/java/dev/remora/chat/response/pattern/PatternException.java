package dev.remora.chat.response.pattern;

/** An expression that is none, or that uses what is not known here. */
public final class PatternException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PatternException(String expression, int at, String problem) {
    super(problem + " at " + at + " of the pattern " + expression, null, false, false);
  }
}
