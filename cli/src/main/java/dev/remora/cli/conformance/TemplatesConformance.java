package dev.remora.cli.conformance;

import com.google.gson.JsonParseException;
import dev.remora.Tokenizer;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.conformance.ConformanceResult;
import dev.remora.conformance.GuardConformance;
import dev.remora.conformance.OrdinaryIds;
import dev.remora.conformance.TemplateConformance;
import dev.remora.core.engine.Engines;
import dev.remora.core.engine.TokenizerEngine;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.Tokenizers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether chat templates render as the reference renders them. */
@Command(
    name = "templates",
    mixinStandardHelpOptions = true,
    description = "Render golden cases and compare with what the reference rendered.")
final class TemplatesConformance extends Verb {
  /** Random splices over the seam between template and request. */
  private static final int SPLICES = 100_000;

  @Option(names = "--cases", paramLabel = "FILE", description = "The cases.")
  private @Nullable Path cases;

  @Option(
      names = "--templates",
      paramLabel = "DIR",
      description = "The directory of the templates.")
  private @Nullable Path templates;

  @Option(
      names = "--guarded",
      description = "Check that text of a request becomes no added token, instead.")
  private boolean guarded;

  @Option(
      names = "--attacks",
      paramLabel = "FILE",
      description = "With --guarded: an attacker's strings, as a JSON array.")
  private @Nullable Path attacks;

  @Option(
      names = "--tokenizer",
      paramLabel = "DIR",
      description = "With --guarded: the tokenizer of the cases.")
  private @Nullable Path tokenizer;

  @Option(
      names = "--ordinary",
      paramLabel = "FILE",
      description = "With --guarded: ids of plain texts, compared on each engine.")
  private @Nullable Path ordinary;

  @Option(
      names = "--tokenizers",
      arity = "1..*",
      paramLabel = "DIR",
      description = "With --ordinary: directories of tokenizers.")
  private List<Path> tokenizers = List.of();

  @Override
  public Integer call() {
    try {
      return finish(guarded ? guarded() : plain());
    } catch (IOException | JsonParseException e) {
      throw new CommandFailure("the cases cannot be read: " + e.getMessage(), e);
    }
  }

  private ConformanceResult plain() throws IOException {
    return TemplateConformance.run(
        given("--cases", cases), given("--templates", templates), out()::println);
  }

  private ConformanceResult guarded() throws IOException {
    ConformanceResult all = new ConformanceResult(0, 0);
    if (ordinary != null) {
      all =
          OrdinaryIds.run(
              ordinary,
              tokenizers,
              Engines.installed().stream().map(TokenizerEngine::name).toList(),
              TemplatesConformance::open,
              out()::println);
    }
    if (ordinary == null || cases != null) {
      Path bundle = given("--tokenizer", tokenizer);
      try (Tokenizer used = open(bundle, null)) {
        all =
            all.plus(
                GuardConformance.run(
                    given("--cases", cases),
                    given("--attacks", attacks),
                    given("--templates", templates),
                    bundle,
                    used,
                    SPLICES,
                    out()::println));
      }
    }
    return all;
  }

  private static Tokenizer open(Path bundle, @Nullable String engine) {
    return Tokenizers.fromDirectory(bundle, LoadOptions.builder().engine(engine).build());
  }

  private Path given(String option, @Nullable Path value) {
    if (value == null) {
      throw wrongUsage("Missing required option: '" + option + "'");
    }
    return value;
  }
}
