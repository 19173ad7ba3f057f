package dev.remora.benchmarks;

import java.io.IOException;
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

/** The time of one load, in a JVM that has loaded before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-DOPT_OUT_TRACKING=true", "-DRUST_FLAVOR=cpu"})
@Warmup(iterations = 3)
@Measurement(iterations = 10)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class LoadBenchmark {
  /** The vocabulary. */
  @Param({"o200k_base", "cl100k_base"})
  public String model;

  /** What is loaded. */
  @Param public LoadPath path;

  private LoadSubject subject;

  /** Starts a worker where the way needs one. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    subject =
        path.open(Model.of(model))
            .orElseThrow(() -> new IllegalStateException(path + " has no " + model));
  }

  /** Stops the worker. */
  @TearDown(Level.Trial)
  public void close() {
    subject.close();
  }

  /** Loads and closes. */
  @Benchmark
  public void load() throws IOException {
    subject.load();
  }
}
