package dev.remora.remote.registry;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What the entries of a registry have in common.
 *
 * @param tokenizers the tokenizers that are open
 * @param backoff how long a failure answers
 * @param failed the names whose last load failed
 * @param callbacks completes the futures of callers
 * @param later begins what is to be tried again
 */
public record RegistryHome(
    SharedTokenizers tokenizers,
    Backoff.Range backoff,
    FailedEntries failed,
    Executor callbacks,
    ScheduledExecutorService later) {
  /**
   * Threads for the callbacks of callers, as many as take their time: the loading thread and other
   * callers wait for none of them. A thread that is not needed ends after a second.
   */
  public static Executor newCallbacks() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        1,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> daemon(task, "remora-callback"));
  }

  /** A thread for what is to be tried again; it is there while something is. */
  public static ScheduledExecutorService newLater() {
    ScheduledThreadPoolExecutor later =
        new ScheduledThreadPoolExecutor(
            1, task -> daemon(task, "remora-later"), new ThreadPoolExecutor.DiscardPolicy());
    later.setRemoveOnCancelPolicy(true);
    later.setKeepAliveTime(1, TimeUnit.SECONDS);
    later.allowCoreThreadTimeOut(true);
    return later;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
