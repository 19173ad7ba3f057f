package dev.remora.remote.stream;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Runs the callbacks of a call on the thread that waits for them, as gRPC's blocking stubs do: a
 * load works on any thread, also on the only one of the channel's own executor. Once closed, it
 * runs what comes on the thread that brings it. Thread-safe.
 */
final class WaitingExecutor implements Executor, AutoCloseable {
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private volatile boolean closed;

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (closed) {
      drain();
    }
  }

  /** Waits for a task and runs it; false if none came in that time. */
  boolean runNext(long nanos) throws InterruptedException {
    Runnable task = tasks.poll(nanos, TimeUnit.NANOSECONDS);
    if (task == null) {
      return false;
    }
    task.run();
    return true;
  }

  @Override
  public void close() {
    closed = true;
    drain();
  }

  private void drain() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Override
  public String toString() {
    return tasks.size() + " callbacks wait";
  }
}
