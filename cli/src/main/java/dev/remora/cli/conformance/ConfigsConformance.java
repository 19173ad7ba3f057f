package dev.remora.cli.conformance;

import com.google.gson.JsonParseException;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.conformance.ConfigConformance;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private ChosenEngine engine;

  @Override
  public Integer call() {
    try {
      return finish(ConfigConformance.run(directory, engine::open, out()::println));
    } catch (IOException | JsonParseException e) {
      throw new CommandFailure("the cases cannot be read: " + e.getMessage(), e);
    }
  }
}
