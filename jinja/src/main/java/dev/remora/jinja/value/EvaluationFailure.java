package dev.remora.jinja.value;

/**
 * A problem on its way from deep in the evaluation to the place that knows the line. It has no
 * stack trace, which would show the interpreter and not the template.
 */
public final class EvaluationFailure extends RuntimeException {
  private final boolean raised;

  private EvaluationFailure(String problem, boolean raised) {
    super(problem, null, false, false);
    this.raised = raised;
  }

  /** A use of a value that Python refuses. */
  public EvaluationFailure(String problem) {
    this(problem, false);
  }

  /** An error that the template raises itself. */
  public static EvaluationFailure raised(String message) {
    return new EvaluationFailure(message, true);
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
