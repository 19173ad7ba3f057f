package dev.remora.cli.conformance;

import com.google.gson.JsonParseException;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.conformance.HashConformance;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether the blocks of ids have the hashes that engines published. */
@Command(
    name = "hashes",
    mixinStandardHelpOptions = true,
    description = "Hash the blocks of golden cases and compare with what engines published.")
final class HashesConformance extends Verb {
  @Option(names = "--cases", required = true, paramLabel = "FILE", description = "The cases.")
  private Path cases;

  @Override
  public Integer call() {
    try {
      return finish(HashConformance.run(cases, out()::println));
    } catch (IOException | JsonParseException e) {
      throw new CommandFailure("the cases cannot be read: " + e.getMessage(), e);
    }
  }
}
