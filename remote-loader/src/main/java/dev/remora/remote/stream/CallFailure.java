package dev.remora.remote.stream;

import dev.remora.LimitException;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import io.grpc.Status;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The exception for a status that ended a call. */
public final class CallFailure {
  /** What gRPC's own client says of a message that it does not accept. */
  private static final Pattern MESSAGE_TOO_LARGE =
      Pattern.compile("gRPC message exceeds maximum size (\\d+): (\\d+)");

  private CallFailure() {}

  /**
   * A {@link LoadException} (rule C7), or a {@link LimitException} (rule B1) if this side refused a
   * message for its size.
   *
   * @param status any but OK
   */
  public static TokenizerException of(Status status) {
    String description = description(status);
    Matcher tooLarge = MESSAGE_TOO_LARGE.matcher(description);
    if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED && tooLarge.find()) {
      long bound = Long.parseLong(tooLarge.group(1));
      long observed = Long.parseLong(tooLarge.group(2));
      return new LimitException(Rule.B1, "bytes in one message", bound, observed);
    }
    LoadStatus code = LoadStatus.valueOf(status.getCode().name());
    return new LoadException(Rule.C7, code, description, status.asException());
  }

  /** What the status says, and its cause: a refused connection is "io exception" alone. */
  private static String description(Status status) {
    String said = status.getDescription() == null ? "no description" : status.getDescription();
    Throwable cause = status.getCause();
    return cause == null || cause.getMessage() == null || said.contains(cause.getMessage())
        ? said
        : said + ": " + cause.getMessage();
  }
}
