package dev.remora.cli.conformance;

import com.google.gson.JsonParseException;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.conformance.GoldenIds;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.Tokenizers;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "The engine of all (default: the best for each).")
  private @Nullable String engine;

  @Override
  public Integer call() {
    LoadOptions options = LoadOptions.builder().engine(engine).build();
    try {
      return finish(
          GoldenIds.run(
              tokenizers,
              ids,
              texts,
              bundle -> Tokenizers.fromDirectory(bundle, options),
              out()::println));
    } catch (IOException | JsonParseException e) {
      throw new CommandFailure("the ids cannot be read: " + e.getMessage(), e);
    }
  }
}
