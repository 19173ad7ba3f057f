package dev.remora.cli.conformance;

import dev.remora.TokenizerException;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.conformance.ConformanceResult;
import dev.remora.conformance.EngineComparison;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.djl.DjlEngine;
import dev.remora.engine.JavaEngine;
import dev.remora.forms.BundleForms;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.Tokenizers;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether Remora's own engine equals DJL's on every bundle of a directory. */
@Command(
    name = "engines",
    mixinStandardHelpOptions = true,
    description = "Compare the java engine with DJL's on each tokenizer directory of a directory.")
final class EnginesConformance extends DirectoriesConformance {
  private static final ConformanceResult NONE = new ConformanceResult(0, 0);
  private static final ConformanceResult FAILED = new ConformanceResult(0, 1);

  @Option(
      names = "--large",
      defaultValue = "200000",
      description = "Length of the large texts (default: ${DEFAULT-VALUE}).")
  private int large;

  @Option(
      names = "--step",
      defaultValue = "97",
      description = "Of the code points beyond U+1FFFF, every n-th (default: ${DEFAULT-VALUE}).")
  private int step;

  @Override
  ConformanceResult compare(Path path, String name) {
    try {
      TokenizerBundle bundle = Tokenizers.readDirectory(path, LoadOptions.DEFAULT);
      return compare(BundleForms.define(bundle), name);
    } catch (TokenizerException e) {
      out().println(name + ": " + e.getMessage());
      return FAILED;
    }
  }

  private ConformanceResult compare(TokenizerDefinition definition, String name) {
    EngineAnswer byJava = new JavaEngine().consider(definition);
    EngineAnswer byDjl = new DjlEngine().consider(definition);
    if (byJava instanceof EngineAnswer.Declined no) {
      boolean isServed = byDjl instanceof EngineAnswer.Plan;
      String served = isServed ? ": served by djl" : ": served by no engine";
      out().println(name + served + ", as java declines it: " + no.reason());
      return isServed ? NONE : FAILED;
    }
    if (byDjl instanceof EngineAnswer.Declined no) {
      out().println(name + ": served by java, as djl declines it: " + no.reason());
      return NONE;
    }
    try (EngineComparison comparison =
        new EngineComparison(
            definition,
            new JavaEngine(),
            new DjlEngine(),
            line -> out().println(name + ": " + line))) {
      comparison.addedTokens();
      comparison.brokenCharacters();
      comparison.everyCodePoint(step);
      comparison.largeTexts(large);
      comparison.randomTexts(seed(), texts());
      out()
          .printf(
              Locale.ROOT,
              "%s: served by java, %d passed, %d failed%s%n",
              name,
              comparison.passed(),
              comparison.failed(),
              comparison.refused() == 0
                  ? ""
                  : String.format(
                      Locale.ROOT, ", %d above the limits of djl", comparison.refused()));
      return new ConformanceResult(comparison.passed(), comparison.failed());
    }
  }
}
