package dev.remora.benchmarks;

import java.io.IOException;

/** A way to load a model, made ready: what is timed. */
final class LoadSubject implements AutoCloseable {
  /** One load and the end of what it loaded. */
  interface Load {
    void run() throws IOException;
  }

  private final Load load;
  private final Runnable release;

  LoadSubject(Load load, Runnable release) {
    this.load = load;
    this.release = release;
  }

  void load() throws IOException {
    load.run();
  }

  @Override
  public void close() {
    release.run();
  }
}
