package dev.remora.cli.conformance;

import dev.remora.conformance.ConformanceResult;
import dev.remora.conformance.HashConformance;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Whether the blocks of ids have the hashes that engines published. */
@Command(
    name = "hashes",
    mixinStandardHelpOptions = true,
    description = "Hash the blocks of golden cases and compare with what engines published.")
final class HashesConformance extends CasesConformance {
  @Override
  ConformanceResult compare(Path file) throws IOException {
    return HashConformance.run(file, out()::println);
  }
}
