package dev.remora.cli.conformance;

import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.conformance.ConformanceResult;
import dev.remora.conformance.ConformanceTexts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whether two bundles give the same ids. */
@Command(
    name = "ids",
    mixinStandardHelpOptions = true,
    description = "Compare the ids of two directories on seeded texts of every kind.")
final class IdsConformance extends Verb {
  private static final int SHOWN = 10;

  @Parameters(index = "0", paramLabel = "DIR", description = "The bundle to compare.")
  private Path folder;

  @Parameters(index = "1", paramLabel = "REFERENCE", description = "The bundle that is right.")
  private Path reference;

  @Option(
      names = "--texts",
      defaultValue = "20000",
      description = "How many texts (default: ${DEFAULT-VALUE}).")
  private int texts;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private ChosenEngine engine;

  private int passed;
  private int failed;

  @Override
  public Integer call() {
    try (Tokenizer tokenizer = engine.open(folder);
        Tokenizer right = engine.open(reference)) {
      TreeSet<String> special = new TreeSet<>(right.specialTokens().all().keySet());
      special.addAll(tokenizer.specialTokens().all().keySet());
      ConformanceTexts made = new ConformanceTexts(seed, List.copyOf(special));
      for (int i = 0; i < texts; i++) {
        String text = made.next();
        compare(tokenizer, right, text, EncodeOptions.DEFAULT);
        compare(tokenizer, right, text, EncodeOptions.NO_SPECIAL_TOKENS);
      }
    }
    return finish(new ConformanceResult(passed, failed));
  }

  private void compare(Tokenizer tokenizer, Tokenizer right, String text, EncodeOptions options) {
    int[] expected = right.encode(text, options).ids();
    int[] actual = tokenizer.encode(text, options).ids();
    if (Arrays.equals(expected, actual)) {
      passed++;
    } else if (failed++ < SHOWN) {
      out()
          .printf(
              Locale.ROOT,
              "%s: %s, reference %s%n",
              Json.write(text),
              Arrays.toString(actual),
              Arrays.toString(expected));
    }
  }
}
