package dev.remora.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The time of one task on one text. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-DOPT_OUT_TRACKING=true", "-DRUST_FLAVOR=cpu"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class TaskBenchmark {
  /** The vocabulary. */
  @Param({"o200k_base", "cl100k_base"})
  public String model;

  /** The text. */
  @Param public Corpus corpus;

  /** What is done. */
  @Param public Task task;

  /** Who does it. */
  @Param public Contender contender;

  private Subject subject;
  private IntSupplier work;

  /** Opens the contender and compares its results with DJL's. */
  @Setup(Level.Trial)
  public void open() {
    Model opened = Model.of(model);
    subject =
        contender
            .open(opened)
            .orElseThrow(() -> new IllegalStateException(contender + " has no " + model));
    List<String> texts = corpus.texts();
    EqualResults.check(opened, corpus, texts, contender, subject);
    work =
        task.of(subject, texts)
            .orElseThrow(() -> new IllegalStateException(contender + " has no " + task));
  }

  /** Frees what the contender holds. */
  @TearDown(Level.Trial)
  public void close() {
    subject.close();
  }

  /** One call. */
  @Benchmark
  public int run() {
    return work.getAsInt();
  }
}
