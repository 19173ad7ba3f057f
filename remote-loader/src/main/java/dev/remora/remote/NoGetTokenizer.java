package dev.remora.remote;

import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.proto.TokenizerlessService;
import dev.remora.remote.stream.CallLimits;
import dev.remora.remote.stream.LoadDeadline;
import dev.remora.remote.stream.WorkerCall;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The failure of a worker that answered UNIMPLEMENTED for every service: what it said, which may be
 * a proxy's reason, and which of the engines' own newer services it has instead.
 */
final class NoGetTokenizer {
  /** What tells nothing of the service: it is not there, or the answer is not the service's own. */
  private static final Set<Status.Code> SAY_NOTHING =
      Set.of(
          Status.Code.UNIMPLEMENTED,
          Status.Code.UNAVAILABLE,
          Status.Code.CANCELLED,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.UNAUTHENTICATED,
          Status.Code.PERMISSION_DENIED);

  private final Channel channel;
  private final CallLimits limits;
  private final LoadDeadline deadline;

  NoGetTokenizer(Channel channel, LoadOptions options, LoadDeadline deadline) {
    this.channel = channel;
    this.limits = options.questionLimits();
    this.deadline = deadline;
  }

  /**
   * The failure.
   *
   * @param said what the worker said for each service
   */
  LoadException failure(Collection<String> said) {
    String found =
        service()
            .map(
                service ->
                    String.format(
                        Locale.ROOT,
                        ", but %s, a service of %s's own: load the tokenizer from a directory",
                        service.fullName(),
                        service.engine()))
            .orElse("");
    return new LoadException(
        Rule.C7,
        LoadStatus.UNIMPLEMENTED,
        "the worker has no GetTokenizer" + found + "; it said: " + String.join("; ", said),
        null);
  }

  private Optional<TokenizerlessService> service() {
    for (TokenizerlessService service : TokenizerlessService.values()) {
      if (answers(service)) {
        return Optional.of(service);
      }
    }
    return Optional.empty();
  }

  private boolean answers(TokenizerlessService service) {
    try (WorkerCall call =
        WorkerCall.start(channel, service.fullName(), service.harmlessMethod(), limits, deadline)) {
      return call.next() != null;
    } catch (StatusException e) {
      return !SAY_NOTHING.contains(e.getStatus().getCode());
    }
  }
}
