package dev.remora.cli.conformance;

import com.google.gson.JsonParseException;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.conformance.ConfigConformance;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.Tokenizers;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether the configs beside a tokenizer do what transformers makes of them. */
@Command(
    name = "configs",
    mixinStandardHelpOptions = true,
    description = "Check what the configs of bundles do, by the golden cases of cases.json.")
final class ConfigsConformance extends Verb {
  @Option(
      names = "--dir",
      required = true,
      paramLabel = "DIR",
      description = "A directory with cases.json and the bundles that it names.")
  private Path directory;

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
          ConfigConformance.run(
              directory, bundle -> Tokenizers.fromDirectory(bundle, options), out()::println));
    } catch (IOException | JsonParseException e) {
      throw new CommandFailure("the cases cannot be read: " + e.getMessage(), e);
    }
  }
}
