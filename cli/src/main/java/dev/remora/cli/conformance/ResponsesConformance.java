package dev.remora.cli.conformance;

import dev.remora.conformance.ConformanceResult;
import dev.remora.conformance.PatternConformance;
import dev.remora.conformance.ResponseConformance;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether replies become the messages that the reference makes of them. */
@Command(
    name = "responses",
    mixinStandardHelpOptions = true,
    description = "Parse golden replies, however they are cut, and compare with the reference.")
final class ResponsesConformance extends CasesConformance {
  @Option(
      names = "--templates",
      required = true,
      paramLabel = "DIR",
      description = "The directory of the response templates.")
  private Path templates;

  @Option(
      names = "--regex",
      paramLabel = "FILE",
      description = "Searches of patterns, one a line, to be made too.")
  private Path searches;

  @Override
  ConformanceResult compare(Path file) throws IOException {
    ConformanceResult result = ResponseConformance.run(file, templates, out()::println);
    return searches == null
        ? result
        : result.plus(PatternConformance.run(searches, out()::println));
  }
}
