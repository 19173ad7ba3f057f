package dev.remora.benchmarks;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import java.util.Arrays;
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

/**
 * What one token costs a decode stream, in short and in long generations: the time of a stream
 * divided by its tokens must be flat.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class StreamBenchmark {
  /** The vocabulary. */
  @Param("o200k_base")
  public String model;

  /** How many tokens a generation has. */
  @Param({"1000", "64000"})
  public int tokens;

  private Tokenizer tokenizer;
  private int[] ids;

  /** Repeats a text until it has enough tokens. */
  @Setup(Level.Trial)
  public void open() {
    tokenizer = Model.of(model).open("java");
    String text = Corpus.ENGLISH.text() + Corpus.CHINESE.text() + Corpus.EMOJI.text();
    int[] once = tokenizer.encode(text, EncodeOptions.NO_SPECIAL_TOKENS).ids();
    ids = new int[tokens];
    Arrays.setAll(ids, index -> once[index % once.length]);
  }

  /** Frees the tokenizer. */
  @TearDown(Level.Trial)
  public void close() {
    tokenizer.close();
  }

  /** Decodes a whole generation, token by token. */
  @Benchmark
  public int stream() {
    DecodeStream stream = tokenizer.decodeStream(DecodeOptions.DEFAULT);
    int length = 0;
    for (int id : ids) {
      length += stream.push(id).length();
    }
    return length + stream.finish().length();
  }
}
