package dev.remora.remote;

import dev.remora.Rule;
import dev.remora.TokenizerException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The process of {@link FuzzTest}: runs cases of one target until one fails. */
final class FuzzMain {
  private static final long MOST_PROCESSOR_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Of the clock: it ends a case that waits, and other processes may need the processors. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static volatile long caseStart;
  private static volatile long caseStartProcessor;

  private FuzzMain() {}

  /** Arguments: target, seed, first case, end of the cases. */
  public static void main(String[] arguments) throws InterruptedException {
    FuzzTarget target = FuzzTarget.valueOf(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    long end = Long.parseLong(arguments[3]);
    // Unbuffered: the last line tells the case, even where the process just ends.
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
    watch(Thread.currentThread());
    long taken = 0;
    TreeMap<String, Integer> refused = new TreeMap<>();
    target.prepare();
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (FuzzTarget.Cases cases = target.open()) {
      for (long number = Long.parseLong(arguments[2]); number < end; number++) {
        out.println("#" + number);
        caseStartProcessor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        caseStart = System.nanoTime();
        try {
          cases.run(random(seed, number));
          taken++;
        } catch (TokenizerException e) {
          refused.merge(e.kind() + " " + e.rule().map(Rule::name).orElse("-"), 1, Integer::sum);
        }
      }
    }
    caseStart = 0;
    out.printf("%s, seed %d: %d taken, refused %s%n", target, seed, taken, refused);
    awaitEndOfThreads(before);
  }

  private static Random random(long seed, long number) {
    return new Random(seed + number * 0x9E37_79B9_7F4A_7C15L);
  }

  private static void watch(Thread fuzzer) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Thread watch =
        new Thread(
            () -> {
              while (true) {
                long start = caseStart;
                long processor = threads.getThreadCpuTime(fuzzer.getId()) - caseStartProcessor;
                boolean late = System.nanoTime() - start > MOST_NANOS;
                if (start != 0
                    && start == caseStart
                    && (late || processor > MOST_PROCESSOR_NANOS)) {
                  System.out.println("the case takes too long");
                  for (StackTraceElement frame : fuzzer.getStackTrace()) {
                    System.out.println("\tat " + frame);
                  }
                  Runtime.getRuntime().halt(2);
                }
                sleep();
              }
            },
            "fuzz-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** gRPC's threads end a few seconds after the last channel. */
  private static void awaitEndOfThreads(Set<Thread> before) {
    Set<Thread> left = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      left = new HashSet<>(Thread.getAllStackTraces().keySet());
      left.removeAll(before);
      left.removeIf(thread -> thread.getName().equals("fuzz-watch"));
      if (left.isEmpty()) {
        return;
      }
      sleep();
    }
    throw new AssertionError("threads are left: " + left);
  }

  private static void sleep() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
