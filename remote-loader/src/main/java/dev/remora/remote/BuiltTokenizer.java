package dev.remora.remote;

import dev.remora.Tokenizer;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.Engines;
import dev.remora.core.guard.BuildGuard;
import dev.remora.forms.BundleForms;
import java.time.Duration;

/** The last step of every load: a bundle becomes a tokenizer. */
final class BuiltTokenizer {
  private BuiltTokenizer() {}

  static Tokenizer build(TokenizerBundle bundle, LoadOptions options, BuildGuard guard) {
    long start = System.nanoTime();
    TokenizerDefinition definition = BundleForms.define(bundle, guard);
    BundleInfo info = BundleForms.describe(bundle, definition);
    Tokenizer tokenizer = Engines.open(definition, info, options.engineChoice(), guard);
    options.listener().built(tokenizer, Duration.ofNanos(System.nanoTime() - start));
    return tokenizer;
  }
}
