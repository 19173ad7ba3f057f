package dev.remora;

import org.jspecify.annotations.Nullable;

/**
 * No worker gave a tokenizer: none answered, each refused, the deadline passed, or the load was
 * cancelled. {@link #attempts()} says what each worker did.
 */
public final class LoadException extends TokenizerException {
  private final String status;

  /**
   * @param rule the rule that ended the load: {@code C7}, or {@code C4} for the deadline and for
   *     cancellation
   * @param status the gRPC status code that ended it, such as {@code UNAVAILABLE}
   * @param problem what that status says
   * @param cause what ended it
   */
  public LoadException(Rule rule, String status, String problem, @Nullable Throwable cause) {
    super(rule, problem + " (" + status + ", rule " + rule + ")", cause);
    this.status = status;
  }

  @Override
  public String kind() {
    return "load";
  }

  /** The gRPC status code that ended the load, such as {@code DEADLINE_EXCEEDED}. */
  public String status() {
    return status;
  }
}
