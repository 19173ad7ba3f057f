package dev.remora.jinja.value;

/**
 * A problem on its way from deep in the evaluation to the place that knows the line. It has no
 * stack trace, which would show the interpreter and not the template.
 */
public final class EvaluationFailure extends RuntimeException {
  private final boolean raised;
  private final String quoted;

  private EvaluationFailure(String problem, boolean raised, String quoted) {
    super(problem, null, false, false);
    this.raised = raised;
    this.quoted = quoted;
  }

  /** A use of a value that Python refuses; the problem quotes no value. */
  public EvaluationFailure(String problem) {
    this(problem, false, "");
  }

  /** The same, where the problem quotes a value, which may be text of the request. */
  public static EvaluationFailure quoting(String quoted, String problem) {
    return new EvaluationFailure(problem, false, quoted);
  }

  /** An error that the template raises itself. */
  public static EvaluationFailure raised(String message) {
    return new EvaluationFailure(message, true, message);
  }

  /** The part of the problem that may hold text of the request; empty if there is none. */
  public String quoted() {
    return quoted;
  }

  /** What is wrong. */
  public String problem() {
    return String.valueOf(getMessage());
  }

  /** Whether the template raised it. */
  public boolean isRaised() {
    return raised;
  }
}
