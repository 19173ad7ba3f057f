package dev.remora.cli.conformance;

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
final class TemplatesConformance extends CasesConformance {
  @Option(
      names = "--templates",
      required = true,
      paramLabel = "DIR",
      description = "The directory of the templates.")
  private Path templates;

  @Override
  ConformanceResult compare(Path file) throws IOException {
    return TemplateConformance.run(file, templates, out()::println);
  }
}
