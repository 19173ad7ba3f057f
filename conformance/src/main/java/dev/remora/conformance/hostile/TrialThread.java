package dev.remora.conformance.hostile;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One trial under a watch: what it gave, or what was wrong with it. */
final class TrialThread extends Thread {
  private static final long LOOK_MILLIS = 20;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Callable<List<String>> trial;
  private volatile long worked;
  private volatile List<String> results = List.of();
  private volatile @Nullable Throwable thrown;

  TrialThread(Callable<List<String>> trial) {
    super("trial");
    this.trial = trial;
    setDaemon(true); // it may never end
  }

  @Override
  public void run() {
    try {
      results = trial.call();
    } catch (Throwable e) { // told, whatever it is
      thrown = e;
    } finally {
      worked = THREADS.getCurrentThreadCpuTime();
    }
  }

  /** Empty if the trial was refused. */
  List<String> results() {
    return results;
  }

  /** Starts it and waits for its end; what was wrong, or nothing. */
  String watch(TrialLimits limits) throws InterruptedException {
    start();
    long begun = System.nanoTime();
    while (isAlive()) {
      if (THREADS.getThreadCpuTime(getId()) > limits.work().toNanos()) {
        break;
      }
      if (System.nanoTime() - begun > limits.wall().toNanos()) {
        return "no end within " + limits.wall().toMillis() + " ms";
      }
      join(LOOK_MILLIS);
    }
    if (isAlive() || worked > limits.work().toNanos()) {
      return "more than " + limits.work().toMillis() + " ms of work";
    }
    return thrown == null ? "" : String.valueOf(thrown);
  }
}
