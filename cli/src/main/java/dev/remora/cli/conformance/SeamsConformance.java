package dev.remora.cli.conformance;

import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.conformance.ConformanceResult;
import dev.remora.conformance.SeamComparison;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.forms.BundleForms;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether a tokenizer that remembers beginnings of texts gives the ids of one that does not. */
@Command(
    name = "seams",
    mixinStandardHelpOptions = true,
    description = "Compare remembered ids with fresh ones on each tokenizer directory.")
final class SeamsConformance extends Verb {
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

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  private long passed;
  private long failed;

  @Override
  public Integer call() {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path bundle : entries.filter(Files::isDirectory).sorted().toList()) {
        compare(bundle);
        out().flush();
      }
    } catch (IOException e) {
      throw CommandFailure.of(folder.toString(), e);
    }
    return finish(new ConformanceResult(passed, failed));
  }

  private void compare(Path path) {
    String name = String.valueOf(path.getFileName());
    try (Tokenizer tokenizer = Tokenizers.fromDirectory(path)) {
      if (tokenizer.seams().isEmpty()) {
        out().println(name + ": states no seams, so nothing is remembered");
        return;
      }
      SeamComparison comparison =
          new SeamComparison(
              tokenizer, added(path), seed, line -> out().println(name + ": " + line));
      comparison.conversations(texts);
      passed += comparison.passed();
      failed += comparison.failed();
      out()
          .printf(
              Locale.ROOT,
              "%s: %d passed, %d failed, %d seams, %d of %d ids reused%n",
              name,
              comparison.passed(),
              comparison.failed(),
              comparison.seamsSeen(),
              comparison.statistics().idsReused(),
              comparison.statistics().idsReused() + comparison.statistics().idsEncoded());
    } catch (TokenizerException e) {
      out().println(name + ": not compared: " + e.getMessage());
    }
  }

  private static List<String> added(Path path) {
    List<String> added = new ArrayList<>();
    for (AddedToken token :
        BundleForms.define(Tokenizers.readDirectory(path, LoadOptions.DEFAULT)).addedTokens()) {
      added.add(token.content());
    }
    return added;
  }
}
