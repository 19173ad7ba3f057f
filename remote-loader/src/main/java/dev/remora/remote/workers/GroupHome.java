package dev.remora.remote.workers;

import dev.remora.remote.registry.Backoff;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What the models of a router have in common.
 *
 * @param query how workers are asked
 * @param events who is told
 * @param acceptsDrift whether a worker of another content serves
 * @param followsMajority whether the model's content is what most workers have
 * @param backoff how long a worker that failed is left alone
 * @param connections the connections that are watched
 * @param asking the threads that ask
 * @param callbacks completes the futures of callers
 * @param later begins what is to be tried again
 */
public record GroupHome(
    WorkerQuery query,
    WorkerEvents events,
    boolean acceptsDrift,
    boolean followsMajority,
    Backoff.Range backoff,
    Connections connections,
    ExecutorService asking,
    Executor callbacks,
    ScheduledExecutorService later) {
  /** Each holds a bundle at most, so this bounds the memory. */
  private static final int MAX_ASKED_AT_ONCE = 8;

  /** Threads that ask workers; each ends a second after its last question. */
  public static ExecutorService newAsking() {
    ThreadPoolExecutor asking =
        new ThreadPoolExecutor(
            MAX_ASKED_AT_ONCE,
            MAX_ASKED_AT_ONCE,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // a member is in it twice at most
            task -> {
              Thread thread = new Thread(task, "remora-workers");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy()); // after the end
    asking.allowCoreThreadTimeOut(true);
    return asking;
  }
}
