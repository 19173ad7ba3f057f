package dev.remora.cli.conformance;

import com.google.gson.JsonParseException;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.conformance.ConformanceResult;
import dev.remora.conformance.TemplateConformance;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether chat templates render as the reference renders them. */
@Command(
    name = "templates",
    mixinStandardHelpOptions = true,
    description = "Render golden cases and compare with what the reference rendered.")
final class TemplatesConformance extends Verb {
  @Option(names = "--cases", required = true, paramLabel = "FILE", description = "The cases.")
  private Path cases;

  @Option(
      names = "--templates",
      required = true,
      paramLabel = "DIR",
      description = "The directory of the templates.")
  private Path templates;

  @Override
  public Integer call() {
    try {
      ConformanceResult result = TemplateConformance.run(cases, templates, out()::println);
      return finish(result);
    } catch (IOException | JsonParseException e) {
      throw new CommandFailure("the cases cannot be read: " + e.getMessage(), e);
    }
  }
}
