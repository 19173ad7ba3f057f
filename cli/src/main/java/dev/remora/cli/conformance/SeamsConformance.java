package dev.remora.cli.conformance;

import dev.remora.EngineException;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.conformance.AdversarialTokens;
import dev.remora.conformance.ConformanceResult;
import dev.remora.conformance.SeamComparison;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineChoice;
import dev.remora.core.engine.Engines;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.forms.BundleForms;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.Tokenizers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Whether a tokenizer that remembers beginnings of texts gives the ids of one that does not. */
@Command(
    name = "seams",
    mixinStandardHelpOptions = true,
    description =
        "Compare remembered ids with fresh ones on each tokenizer directory, as it is and with added"
            + " tokens made to do harm.")
final class SeamsConformance extends DirectoriesConformance {
  private static final ConformanceResult NONE = new ConformanceResult(0, 0);

  @Override
  ConformanceResult compare(Path path, String name) {
    TokenizerBundle bundle;
    TokenizerDefinition own;
    try {
      bundle = Tokenizers.readDirectory(path, LoadOptions.DEFAULT);
      own = BundleForms.define(bundle);
    } catch (TokenizerException e) {
      return notCompared(name, e);
    }
    TokenizerDefinition adversarial = AdversarialTokens.in(own);
    return compare(bundle, own, name)
        .plus(compare(bundle, adversarial, name + " with adversarial tokens"));
  }

  private ConformanceResult notCompared(String name, TokenizerException why) {
    out().println(name + ": not compared: " + why.getMessage());
    return NONE;
  }

  private ConformanceResult compare(
      TokenizerBundle bundle, TokenizerDefinition definition, String name) {
    BundleInfo info = BundleForms.describe(bundle, definition);
    List<String> added = definition.addedTokens().stream().map(AddedToken::content).toList();
    try (Tokenizer tokenizer = Engines.open(definition, info, EngineChoice.named("java"))) {
      return compare(tokenizer, added, name);
    } catch (EngineException e) {
      return notCompared(name, e);
    }
  }

  private ConformanceResult compare(Tokenizer tokenizer, List<String> added, String name) {
    if (tokenizer.seams().isEmpty()) {
      out().println(name + ": states no seams, so nothing is remembered");
      return NONE;
    }
    SeamComparison comparison =
        new SeamComparison(tokenizer, added, seed(), line -> out().println(name + ": " + line));
    comparison.conversations(texts());
    if (!comparison.prompts(texts())) {
      out().println(name + ": cannot guard prompts, so none are compared");
    }
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
    return new ConformanceResult(comparison.passed(), comparison.failed());
  }
}
