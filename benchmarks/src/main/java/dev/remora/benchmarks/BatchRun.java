package dev.remora.benchmarks;

import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import dev.remora.benchmarks.Report.BatchRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A hundred prompts with encodeAll, on one thread and over an executor, in turn. */
final class BatchRun {
  private static final int PROMPTS = 100;
  private static final int ROUNDS = 20;
  private static final int ROUNDS_TO_WARM_UP = 5;

  private BatchRun() {}

  /** The row of a model; empty where the own engine does not serve it. */
  static Optional<BatchRow> of(Model model) {
    if (!model.isServedBy("java")) {
      return Optional.empty();
    }
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<String> all = Corpus.FRESH_ENGLISH.texts();
    List<Double> alone = new ArrayList<>();
    List<Double> together = new ArrayList<>();
    EncodeOptions options = EncodeOptions.DEFAULT;
    try (Tokenizer tokenizer = model.open("java")) {
      for (int round = -ROUNDS_TO_WARM_UP; round < ROUNDS; round++) {
        int from = Math.floorMod(round, all.size() / PROMPTS) * PROMPTS;
        List<String> prompts = all.subList(from, from + PROMPTS);
        double first = nanos(() -> tokenizer.encodeAll(prompts, options));
        double second = nanos(() -> tokenizer.encodeAll(prompts, options, executor));
        if (round >= 0) {
          alone.add(first);
          together.add(second);
        }
      }
    } finally {
      executor.shutdown();
    }
    return Optional.of(new BatchRow(model.name(), threads, bytes(all), alone, together));
  }

  private static double nanos(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  /** Of a hundred prompts on average; they are ASCII. */
  private static int bytes(List<String> all) {
    return all.stream().mapToInt(String::length).sum() / (all.size() / PROMPTS);
  }
}
