package dev.remora.remote.stream;

import dev.remora.LimitException;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.remote.classpath.NeededLibrary;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The exception for a status that ended a call. */
public final class CallFailure {
  /** What gRPC's own client says of a message that it does not accept. */
  private static final Pattern MESSAGE_TOO_LARGE =
      Pattern.compile(
          "gRPC message exceeds maximum size (\\d{1,18})(?!\\d)(?:: (\\d{1,18})(?!\\d))?");

  /** Causes may form a ring. */
  private static final int MAX_CAUSES = 10;

  private CallFailure() {}

  /**
   * A {@link LoadException} (rule C7), or a {@link LimitException} (rule B1) if this side refused a
   * message for its size.
   *
   * @param ending any but OK
   */
  public static TokenizerException of(Status ending) {
    Status status = onThisSide(ending);
    String description = description(status);
    Matcher tooLarge = MESSAGE_TOO_LARGE.matcher(description);
    if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED && tooLarge.find()) {
      long bound = Long.parseLong(tooLarge.group(1));
      String size = tooLarge.group(2); // of a compressed message, only that it is larger
      long observed = size == null ? bound + 1 : Long.parseLong(size);
      return new LimitException(
          Rule.B1, "bytes in one message (see LoadOptions.maxMessageBytes)", bound, observed);
    }
    LoadStatus code = LoadStatus.valueOf(status.getCode().name());
    return new LoadException(Rule.C7, code, description, status.asException());
  }

  /**
   * The failure where something is thrown that is none of gRPC's or Remora's. Where the class path
   * is the reason, it names the jar, what is needed, and the remedy.
   *
   * @param what what it ended, such as {@code the attempt}
   */
  public static LoadException unexpected(String what, Throwable thrown) {
    String reason =
        NeededLibrary.behind(thrown)
            .map(library -> library.problem() + ": " + thrown)
            .orElse(thrown.toString());
    return new LoadException(Rule.C7, LoadStatus.INTERNAL, what + " ended with " + reason, thrown);
  }

  /**
   * Whether the JVM itself cannot go on, so that no other attempt would do better; a stack that was
   * too deep is gone again.
   */
  public static boolean isOfTheJvm(@Nullable Throwable thrown) {
    return thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
  }

  /** What gRPC's client calls CANCELLED where a call failed on this side: then there is a cause. */
  private static Status onThisSide(Status status) {
    Throwable cause = status.getCause();
    if (status.getCode() != Status.Code.CANCELLED || cause == null) {
      return status;
    }
    return cause instanceof StatusRuntimeException known
        ? known.getStatus()
        : Status.INTERNAL.withDescription(status.getDescription()).withCause(cause);
  }

  /** What the status says, and all its causes: a bad certificate is "io exception" alone. */
  private static String description(Status status) {
    String said = status.getDescription() == null ? "no description" : status.getDescription();
    Throwable cause = status.getCause();
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      String reason = cause.getMessage();
      said = reason == null || said.contains(reason) ? said : said + ": " + reason;
      cause = cause.getCause();
    }
    return said;
  }
}
