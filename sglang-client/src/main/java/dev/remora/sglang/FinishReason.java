package dev.remora.sglang;

/** Why a worker ended a generation. */
public enum FinishReason {
  /** The model ended it, or one of the request's stop ids did. */
  STOP("stop"),
  /** It reached the most ids that were asked for, or the end of the model's window. */
  LENGTH("length"),
  /** It was aborted. */
  ABORT("abort");

  private final String code;

  FinishReason(String code) {
    this.code = code;
  }

  /** The reason as the wire has it, and as OpenAI's clients know the first two. */
  public String code() {
    return code;
  }

  /** The reason of a name on the wire; one that is not known counts as {@link #STOP}. */
  static FinishReason of(String code) {
    for (FinishReason reason : values()) {
      if (reason.code.equals(code)) {
        return reason;
      }
    }
    return STOP;
  }
}
