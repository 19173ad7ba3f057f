package dev.remora.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a directory of cases or tokenizers has in it, by name. */
public final class DirectoryEntries {
  private DirectoryEntries() {}

  /** All of it. */
  public static List<Path> of(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }

  /** The directories in it, each of which has the files of one tokenizer. */
  public static List<Path> directoriesOf(Path directory) throws IOException {
    return of(directory).stream().filter(Files::isDirectory).toList();
  }
}
