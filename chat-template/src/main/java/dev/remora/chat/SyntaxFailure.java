package dev.remora.chat;

/** A template that does not parse: what {@link Failure} is while rendering, with its line. */
final class SyntaxFailure extends RuntimeException {
  private final int line;

  SyntaxFailure(String problem, int line) {
    super(problem, null, false, false);
    this.line = line;
  }

  /** What is wrong. */
  String problem() {
    return String.valueOf(getMessage());
  }

  /** The line of the source, from 1. */
  int line() {
    return line;
  }
}
