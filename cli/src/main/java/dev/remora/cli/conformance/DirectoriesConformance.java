package dev.remora.cli.conformance;

import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.conformance.ConformanceResult;
import dev.remora.conformance.DirectoryEntries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** A comparison over random texts on each tokenizer directory of a directory. */
abstract class DirectoriesConformance extends Verb {
  @Option(
      names = "--dir",
      required = true,
      paramLabel = "DIR",
      description = "A directory of tokenizer directories.")
  private Path folder;

  @Option(
      names = "--texts",
      defaultValue = "2000",
      description = "Random texts for each (default: ${DEFAULT-VALUE}).")
  private int texts;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public final Integer call() {
    ConformanceResult all = new ConformanceResult(0, 0);
    for (Path bundle : folders()) {
      all = all.plus(compare(bundle, String.valueOf(bundle.getFileName())));
      out().flush();
    }
    return finish(all);
  }

  private List<Path> folders() {
    try {
      return DirectoryEntries.directoriesOf(folder);
    } catch (IOException e) {
      throw CommandFailure.of(folder.toString(), e);
    }
  }

  /** Compares one of them. */
  abstract ConformanceResult compare(Path path, String name);

  /** How many random texts are made. */
  final int texts() {
    return texts;
  }

  /** What they are made from. */
  final long seed() {
    return seed;
  }
}
