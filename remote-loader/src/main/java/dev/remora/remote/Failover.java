package dev.remora.remote;

import dev.remora.Attempt;
import dev.remora.LoadException;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One load over its workers, in rounds (rule C7): each round tries, in order, every worker that may
 * still give a tokenizer; between rounds there is a pause that doubles.
 */
final class Failover {
  private final LoadOptions options;
  private final LoadDeadline deadline;
  private final List<Worker> workers = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final boolean alone;
  private @Nullable TokenizerException last;

  Failover(List<Channel> channels, LoadOptions options, LoadDeadline deadline) {
    this.options = options;
    this.deadline = deadline;
    this.alone = channels.size() == 1;
    channels.forEach(channel -> workers.add(new Worker(channel, options)));
  }

  /** The first bundle that arrives, passes every check and can be used. */
  <T> T run(BundleUse<T> use) {
    long pause = options.backoff().toNanos();
    while (!workers.isEmpty()) {
      for (Worker worker : List.copyOf(workers)) {
        try {
          return worker.attempt(deadline, use);
        } catch (Worker.FailedTry e) {
          note(worker, e.failure());
        }
      }
      if (!workers.isEmpty()) {
        pause(pause);
        pause = Math.min(2 * pause, Long.MAX_VALUE / 4);
      }
    }
    throw carrying(
        last == null ? new LoadException(Rule.C7, "NOT_FOUND", "there is no worker", null) : last);
  }

  private void note(Worker worker, Worker.Failure failure) {
    attempts.add(failure.attempt());
    last = failure.exception();
    if (failure.verdict() == Verdict.STOP) {
      throw carrying(failure.exception());
    }
    if (!worker.mayRetry(failure, alone)) {
      workers.remove(worker);
    }
  }

  private void pause(long nanos) {
    long jittered = nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1);
    try {
      deadline.sleep(jittered);
    } catch (LoadException e) {
      throw carrying(e);
    }
  }

  private TokenizerException carrying(TokenizerException exception) {
    exception.setAttempts(attempts);
    return exception;
  }
}
