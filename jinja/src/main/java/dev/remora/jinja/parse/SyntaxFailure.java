package dev.remora.jinja.parse;

/** A template that does not parse. It has no stack trace, which would show the parser. */
public final class SyntaxFailure extends RuntimeException {
  private final int line;

  SyntaxFailure(String problem, int line) {
    super(problem, null, false, false);
    this.line = line;
  }

  /** What is wrong. */
  public String problem() {
    return String.valueOf(getMessage());
  }

  /** The line of the source, from 1. */
  public int line() {
    return line;
  }
}
