package dev.remora.chat.response.value;

import dev.remora.ResponseException.Problem;

/** A text that has no value of its kind; it never leaves the response parser. */
public final class ValueFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final boolean syntax;

  private ValueFailure(Problem problem, String detail, boolean syntax) {
    super(detail, null, false, false);
    this.problem = problem;
    this.syntax = syntax;
  }

  /** A failure of some kind. */
  public static ValueFailure of(Problem problem, String detail) {
    return new ValueFailure(problem, detail, false);
  }

  /** Text that is not of its kind. */
  static ValueFailure content(String detail) {
    return of(Problem.CONTENT, detail);
  }

  /** Text that is not JSON, which may be allowed. */
  static ValueFailure syntax(String detail) {
    return new ValueFailure(Problem.CONTENT, detail, true);
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }

  /** Whether it is text that is not JSON. */
  boolean isSyntax() {
    return syntax;
  }
}
