package dev.remora.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A directory of its own for one measurement; running it deletes it. */
final class TemporaryFolder implements Runnable {
  private final Path path;

  TemporaryFolder() throws IOException {
    this.path = Files.createTempDirectory("remora-");
  }

  Path path() {
    return path;
  }

  @Override
  public void run() {
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> files = all.collect(Collectors.toList());
      Collections.reverse(files); // what is in a folder before it
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
