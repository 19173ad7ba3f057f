package dev.remora.benchmarks;

import java.util.function.Function;

/** A contender with a model: what is timed. */
final class Subject implements AutoCloseable {
  private final Function<String, int[]> encode;
  private final Runnable release;

  Subject(Function<String, int[]> encode, Runnable release) {
    this.encode = encode;
    this.release = release;
  }

  int[] encode(String text) {
    return encode.apply(text);
  }

  @Override
  public void close() {
    release.run();
  }
}
