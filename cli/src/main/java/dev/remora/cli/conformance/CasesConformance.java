package dev.remora.cli.conformance;

import com.google.gson.JsonParseException;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.conformance.ConformanceResult;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A comparison with the golden cases of a file. */
abstract class CasesConformance extends Verb {
  @Option(names = "--cases", required = true, paramLabel = "FILE", description = "The cases.")
  private Path cases;

  @Override
  public final Integer call() {
    try {
      return finish(compare(cases));
    } catch (IOException | JsonParseException e) {
      throw new CommandFailure("the cases cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Compares every case.
   *
   * @throws IOException if a file cannot be read
   * @throws JsonParseException if it is not as it must be
   */
  abstract ConformanceResult compare(Path file) throws IOException;
}
