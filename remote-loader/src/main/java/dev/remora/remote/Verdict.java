package dev.remora.remote;

import dev.remora.BundleException;
import dev.remora.EngineException;
import dev.remora.FingerprintException;
import dev.remora.LimitException;
import dev.remora.LoadException;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import io.grpc.Context;
import io.grpc.Status;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a failed try means for the load (rule C7). */
enum Verdict {
  /** The worker does not have this service: ask for the next name. */
  NEXT_SERVICE,
  /** This worker cannot serve the tokenizer: go to the next one. */
  NEXT_WORKER,
  /** It may work later: go on elsewhere, and come back after a pause. */
  RETRY,
  /** No worker would do better, or the caller wants no more. */
  STOP;

  private static final Pattern LOCAL_SIZE_REFUSAL =
      Pattern.compile("gRPC message exceeds maximum size (\\d+): (\\d+)");

  /** What a status means that ended a call. */
  static Verdict of(Status status) {
    return switch (status.getCode()) {
      case UNIMPLEMENTED -> NEXT_SERVICE;
      case UNAVAILABLE, ABORTED, RESOURCE_EXHAUSTED -> RETRY;
      case UNAUTHENTICATED, PERMISSION_DENIED -> STOP;
      case CANCELLED -> Context.current().isCancelled() ? STOP : NEXT_WORKER;
      default -> NEXT_WORKER;
    };
  }

  /** What a refusal means of what a worker sent. */
  static Verdict of(TokenizerException refusal) {
    if (refusal instanceof FingerprintException fingerprint) {
      // The right bytes may come next time, unless they were right and not those that are pinned.
      return fingerprint.rule().equals(Optional.of(Rule.C2)) ? NEXT_WORKER : RETRY;
    }
    if (refusal instanceof BundleException || refusal instanceof LimitException) {
      return NEXT_WORKER;
    }
    if (refusal instanceof EngineException || refusal instanceof LoadException) {
      return STOP; // the first is about this machine, the second about the caller's own time
    }
    return STOP;
  }

  /** The exception for a status that ended a call. */
  static TokenizerException exception(Status status) {
    String description = description(status);
    Matcher refusal = LOCAL_SIZE_REFUSAL.matcher(description);
    if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED && refusal.find()) {
      return new LimitException(
          Rule.B1,
          "bytes in one message",
          Long.parseLong(refusal.group(1)),
          Long.parseLong(refusal.group(2)));
    }
    return new LoadException(Rule.C7, status.getCode().name(), description, status.asException());
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
