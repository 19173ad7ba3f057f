package dev.remora.cli.conformance;

import dev.remora.Tokenizer;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.Tokenizers;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The engine of the tokenizers that a comparison opens. */
final class ChosenEngine {
  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "The engine of all (default: the best for each).")
  private @Nullable String engine;

  Tokenizer open(Path bundle) {
    return Tokenizers.fromDirectory(bundle, LoadOptions.builder().engine(engine).build());
  }
}
