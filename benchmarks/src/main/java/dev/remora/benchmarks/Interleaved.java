package dev.remora.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/**
 * Times several works in turn within each round, in an order that is shuffled, so that whatever
 * else the machine does, and whoever leaves the caches cold, falls on all of them.
 *
 * <p>It takes the processor time of this thread, as other programs would count in wall time. What
 * the collector does in other threads is left out; allocation is told beside.
 */
final class Interleaved {
  private static final long WARM_UP = 150_000_000; // nanoseconds of each work
  private static final long SLICE = 20_000_000; // nanoseconds of one work in one round
  private static final int ROUNDS = 15;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long results; // of all works; printed at the end, so that none can be left out

  /** For each work, the nanoseconds of one call, a number a round. */
  List<List<Double>> time(List<IntSupplier> works) {
    List<List<Double>> nanos = new ArrayList<>();
    for (IntSupplier work : works) {
      time(work, WARM_UP);
      nanos.add(new ArrayList<>());
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, works.size()).boxed().toList());
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      Collections.shuffle(order, random);
      for (int index : order) {
        nanos.get(index).add(time(works.get(index), SLICE));
      }
    }
    return nanos;
  }

  private double time(IntSupplier work, long slice) {
    long end = System.nanoTime() + slice;
    long start = THREADS.getCurrentThreadCpuTime();
    int calls = 0;
    do {
      results += work.getAsInt();
      calls++;
    } while (System.nanoTime() < end);
    return (double) (THREADS.getCurrentThreadCpuTime() - start) / calls;
  }

  /** The nanoseconds of processor time that one call takes. */
  double nanos(IntSupplier work) {
    return time(work, 0);
  }

  /** The bytes of Java heap that one call allocates. */
  long allocated(IntSupplier work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int call = 0; call < 10; call++) {
      results += work.getAsInt();
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / 10;
  }

  /** The sum of all results. */
  long results() {
    return results;
  }
}
