package dev.remora.cli.conformance;

import com.google.gson.JsonParseException;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.conformance.GoldenIds;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether tokenizers give ids that were kept of a reference. */
@Command(
    name = "golden",
    mixinStandardHelpOptions = true,
    description = "Compare each tokenizer directory with ids that were kept of a reference.")
final class GoldenConformance extends Verb {
  @Option(
      names = "--tokenizers",
      required = true,
      paramLabel = "DIR",
      description = "A directory of tokenizer directories.")
  private Path tokenizers;

  @Option(
      names = "--ids",
      required = true,
      paramLabel = "DIR",
      description = "A directory with a NAME.json for each: ids, ids_with_special, decoded.")
  private Path ids;

  @Option(
      names = "--texts",
      required = true,
      paramLabel = "FILE",
      description = "The texts, as a JSON array.")
  private Path texts;

  @Mixin private ChosenEngine engine;

  @Override
  public Integer call() {
    try {
      return finish(GoldenIds.run(tokenizers, ids, texts, engine::open, out()::println));
    } catch (IOException | JsonParseException e) {
      throw new CommandFailure("the ids cannot be read: " + e.getMessage(), e);
    }
  }
}
