package dev.remora.cli.conformance;

import dev.remora.TokenizerException;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.conformance.ConformanceResult;
import dev.remora.conformance.EngineComparison;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.djl.DjlEngine;
import dev.remora.engine.JavaEngine;
import dev.remora.forms.BundleForms;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether Remora's own engine equals DJL's on every bundle of a directory. */
@Command(
    name = "engines",
    mixinStandardHelpOptions = true,
    description = "Compare the java engine with DJL's on each tokenizer directory of a directory.")
final class EnginesConformance extends Verb {
  @Option(
      names = "--dir",
      required = true,
      paramLabel = "DIR",
      description = "A directory of tokenizer directories.")
  private Path folder;

  @Option(
      names = "--texts",
      defaultValue = "2000",
      description = "Random texts for each (default: ${DEFAULT-VALUE}).")
  private int texts;

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

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  private long passed;
  private long failed;

  @Override
  public Integer call() {
    for (Path bundle : folders()) {
      try {
        compare(bundle);
      } catch (TokenizerException e) {
        failed++;
        out().println(bundle.getFileName() + ": " + e.getMessage());
      }
      out().flush();
    }
    return finish(new ConformanceResult(passed, failed));
  }

  private List<Path> folders() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw CommandFailure.of(folder.toString(), e);
    }
  }

  private void compare(Path path) {
    TokenizerBundle bundle = Tokenizers.readDirectory(path, LoadOptions.DEFAULT);
    TokenizerDefinition definition = BundleForms.define(bundle);
    EngineAnswer byJava = new JavaEngine().consider(definition);
    EngineAnswer byDjl = new DjlEngine().consider(definition);
    if (byJava instanceof EngineAnswer.Declined no) {
      boolean isServed = byDjl instanceof EngineAnswer.Plan;
      failed += isServed ? 0 : 1;
      String served = isServed ? ": served by djl" : ": served by no engine";
      out().println(path.getFileName() + served + ", as java declines it: " + no.reason());
      return;
    }
    if (byDjl instanceof EngineAnswer.Declined no) {
      out().println(path.getFileName() + ": served by java, as djl declines it: " + no.reason());
      return;
    }
    try (EngineComparison comparison =
        new EngineComparison(
            definition,
            new JavaEngine(),
            new DjlEngine(),
            line -> out().println(path.getFileName() + ": " + line))) {
      comparison.addedTokens();
      comparison.brokenCharacters();
      comparison.everyCodePoint(step);
      comparison.largeTexts(large);
      comparison.randomTexts(seed, texts);
      passed += comparison.passed();
      failed += comparison.failed();
      out()
          .printf(
              Locale.ROOT,
              "%s: served by java, %d passed, %d failed%s%n",
              path.getFileName(),
              comparison.passed(),
              comparison.failed(),
              comparison.refused() == 0
                  ? ""
                  : String.format(
                      Locale.ROOT, ", %d above the limits of djl", comparison.refused()));
    }
  }
}
