package dev.remora.remote;

import dev.remora.Attempt;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.remote.TryResult.Loaded;
import dev.remora.remote.TryResult.NextStep;
import dev.remora.remote.TryResult.Unsuccessful;
import dev.remora.remote.stream.BundleUse;
import dev.remora.remote.stream.LoadDeadline;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One load over its workers, in rounds (rule C7): each round tries, in order, every worker that may
 * still give a tokenizer; between rounds there is a pause that doubles, up to a bound.
 */
final class Failover {
  /** So that a worker that comes up is found soon. */
  private static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How many of the first attempts are kept, and how many of the last. */
  private static final int KEPT = 50;

  private final LoadOptions options;
  private final LoadDeadline deadline;
  private final boolean brief;
  private final List<Worker> workers = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final boolean alone;
  private TokenizerException last =
      new LoadException(Rule.C7, LoadStatus.NOT_FOUND, "there is no worker", null);

  /**
   * @param brief whether there is one round only, as another source follows
   */
  Failover(List<Channel> channels, LoadOptions options, LoadDeadline deadline, boolean brief) {
    this.options = options;
    this.deadline = deadline;
    this.brief = brief;
    this.alone = channels.size() == 1;
    channels.forEach(channel -> workers.add(new Worker(channel, options, this::keep)));
  }

  /** A load may make any number of attempts; what it keeps of them is bounded. */
  private void keep(Attempt attempt) {
    if (attempts.size() == 2 * KEPT) {
      attempts.remove(KEPT);
    }
    attempts.add(attempt);
  }

  /**
   * What the use makes of the first bundle that arrives and passes every check.
   *
   * @throws TokenizerException the last failure, with every attempt
   */
  <T> T run(BundleUse<T> use) {
    long pause = options.backoff().toNanos();
    while (!workers.isEmpty()) {
      for (Worker worker : List.copyOf(workers)) {
        TryResult<T> result = worker.tryOnce(deadline, use);
        if (result instanceof Loaded<T> loaded) {
          return loaded.value();
        }
        goOn(worker, (Unsuccessful<T>) result);
      }
      if (brief) {
        break;
      }
      if (!workers.isEmpty()) {
        pause(pause);
        pause = pause >= MAX_PAUSE_NANOS ? pause : Math.min(2 * pause, MAX_PAUSE_NANOS);
      }
    }
    throw last.withAttempts(attempts);
  }

  private void goOn(Worker worker, Unsuccessful<?> result) {
    last = result.reason();
    if (result.next() == NextStep.STOP) {
      throw last.withAttempts(attempts);
    }
    if (!worker.mayRetry(result, alone)) {
      workers.remove(worker);
    }
  }

  private void pause(long nanos) {
    long jittered = nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1);
    try {
      deadline.sleep(jittered);
    } catch (LoadException e) {
      throw e.withAttempts(attempts);
    }
  }
}
