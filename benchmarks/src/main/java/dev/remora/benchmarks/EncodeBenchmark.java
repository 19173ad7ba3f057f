package dev.remora.benchmarks;

import java.util.concurrent.TimeUnit;
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

/** The time of one encode of one text to ids. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-DOPT_OUT_TRACKING=true", "-DRUST_FLAVOR=cpu"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class EncodeBenchmark {
  /** The vocabulary. */
  @Param({"o200k_base", "cl100k_base"})
  public String model;

  /** The text. */
  @Param public Corpus corpus;

  /** Who encodes. */
  @Param public Contender contender;

  private Subject subject;
  private String text;

  /** Opens the contender and compares its ids with DJL's. */
  @Setup(Level.Trial)
  public void open() {
    Model opened = Model.of(model);
    text = corpus.text();
    subject =
        contender
            .open(opened)
            .orElseThrow(() -> new IllegalStateException(contender + " has no " + model));
    EqualIds.check(opened, corpus, contender, subject);
  }

  /** Frees what the contender holds. */
  @TearDown(Level.Trial)
  public void close() {
    subject.close();
  }

  /** Encodes. */
  @Benchmark
  public int[] encode() {
    return subject.encode(text);
  }
}
