package dev.remora;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * No worker gave a tokenizer: none answered, each refused, the deadline passed, or the load was
 * cancelled. {@link #attempts()} says what each worker did.
 */
public final class LoadException extends TokenizerException {
  private static final long serialVersionUID = 1L;

  private final Rule ending;
  private final LoadStatus status;
  private final String problem;

  /**
   * @param rule the rule that ended the load: {@link Rule#C7}, {@link Rule#C4} for the deadline and
   *     for cancellation, or {@link Rule#R1} for a registry
   * @param status the status that ended it, such as {@link LoadStatus#UNAVAILABLE}
   * @param problem what that status says
   * @param cause what ended it
   */
  public LoadException(Rule rule, LoadStatus status, String problem, @Nullable Throwable cause) {
    this(rule, status, problem, cause, List.of());
  }

  private LoadException(
      Rule rule,
      LoadStatus status,
      String problem,
      @Nullable Throwable cause,
      List<Attempt> attempts) {
    super(rule, problem + " (" + status + ", rule " + rule + ")", cause, attempts);
    this.ending = rule;
    this.status = status;
    this.problem = problem;
  }

  @Override
  TokenizerException copy(@Nullable Throwable newCause, List<Attempt> newAttempts) {
    return new LoadException(ending, status, problem, newCause, newAttempts);
  }

  @Override
  public ErrorKind kind() {
    return ErrorKind.LOAD;
  }

  /** The status that ended the load. */
  public LoadStatus status() {
    return status;
  }

  /** What that status says, without the status and the rule. */
  public String problem() {
    return problem;
  }
}
