package dev.remora.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.remora.benchmarks.Report.EncodeRow;
import dev.remora.benchmarks.Report.LoadRow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * About two minutes: every contender on every corpus, in turn within each round, so that whatever
 * else the machine does falls on all of them. Encodes are timed by the processor time of their
 * thread, as other programs would count in wall time; what the collector does in other threads is
 * left out, and allocation is reported beside. The ratios of such a run hold; its absolute figures
 * move with the machine.
 */
final class QuickRun {
  private static final long WARM_UP = 300_000_000; // nanoseconds for each contender and corpus
  private static final long SLICE = 10_000_000; // nanoseconds of one contender in one round
  private static final int ROUNDS = 75;
  private static final int LOADS = 5;
  private static final int LOADS_TO_WARM_UP = 2;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final List<EncodeRow> encodes = new ArrayList<>();
  private final List<LoadRow> loads = new ArrayList<>();
  private long ids; // of all encodes; printed, so that none can be left out

  Report run(List<String> models, String command) throws IOException {
    for (String name : models) {
      Model model = Model.of(name);
      encodeAll(model);
      loadAll(model);
    }
    return Report.of(command, encodes, loads);
  }

  /** A contender with the model of the moment. */
  private record Entrant(Contender contender, Subject subject) {}

  private void encodeAll(Model model) {
    List<Entrant> entrants = new ArrayList<>();
    try {
      for (Contender contender : Contender.values()) {
        contender.open(model).ifPresent(subject -> entrants.add(new Entrant(contender, subject)));
      }
      for (Corpus corpus : Corpus.values()) {
        encode(model, corpus, entrants);
      }
    } finally {
      entrants.forEach(entrant -> entrant.subject().close());
    }
  }

  private void encode(Model model, Corpus corpus, List<Entrant> entrants) {
    Subject reference = entrants.get(0).subject(); // DJL's encode, which is always there
    String text = corpus.text();
    List<List<Double>> nanos = new ArrayList<>();
    for (Entrant entrant : entrants) {
      EqualIds.check(reference, model, corpus, entrant.contender(), entrant.subject());
      time(entrant.subject(), text, WARM_UP);
      nanos.add(new ArrayList<>());
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, entrants.size()).boxed().toList());
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      Collections.shuffle(order, random); // who follows whom matters to the caches
      for (int index : order) {
        nanos.get(index).add(time(entrants.get(index).subject(), text, SLICE));
      }
    }
    for (int index = 0; index < entrants.size(); index++) {
      encodes.add(row(model, corpus, entrants.get(index), nanos.get(index)));
    }
    System.err.printf("%s %s: %,d ids so far%n", model.name(), corpus, ids);
  }

  private EncodeRow row(Model model, Corpus corpus, Entrant entrant, List<Double> nanos) {
    String text = corpus.text();
    return new EncodeRow(
        model.name(),
        corpus,
        entrant.contender(),
        text.getBytes(StandardCharsets.UTF_8).length,
        entrant.subject().encode(text).length,
        allocated(entrant.subject(), text),
        nanos);
  }

  /** Encodes again and again for a slice of time; the processor time of one encode. */
  private double time(Subject subject, String text, long slice) {
    long end = System.nanoTime() + slice;
    long start = THREADS.getCurrentThreadCpuTime();
    int calls = 0;
    do {
      ids += subject.encode(text).length;
      calls++;
    } while (System.nanoTime() < end);
    return (double) (THREADS.getCurrentThreadCpuTime() - start) / calls;
  }

  private long allocated(Subject subject, String text) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int call = 0; call < 10; call++) {
      ids += subject.encode(text).length;
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / 10;
  }

  private void loadAll(Model model) throws IOException {
    Map<LoadPath, LoadSubject> subjects = new EnumMap<>(LoadPath.class);
    Map<LoadPath, List<Double>> nanos = new EnumMap<>(LoadPath.class);
    try {
      for (LoadPath path : LoadPath.values()) {
        path.open(model).ifPresent(subject -> subjects.put(path, subject));
      }
      for (int round = -LOADS_TO_WARM_UP; round < LOADS; round++) {
        for (Map.Entry<LoadPath, LoadSubject> entry : subjects.entrySet()) {
          long start = System.nanoTime();
          entry.getValue().load();
          double elapsed = System.nanoTime() - start;
          if (round >= 0) {
            nanos.computeIfAbsent(entry.getKey(), path -> new ArrayList<>()).add(elapsed);
          }
        }
      }
    } finally {
      subjects.values().forEach(LoadSubject::close);
    }
    nanos.forEach((path, times) -> loads.add(new LoadRow(model.name(), path, times)));
    System.err.printf("%s loads%n", model.name());
  }
}
