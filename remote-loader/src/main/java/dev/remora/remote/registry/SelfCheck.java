package dev.remora.remote.registry;

import dev.remora.BundleException;
import dev.remora.EncodeOptions;
import dev.remora.Rule;
import dev.remora.Tokenizer;

/** Whether a tokenizer works at all (rule R2). */
public final class SelfCheck {
  private static final String TEXT =
      "Hello, world! Schöne Grüße, Привет, 你好 🦈\n\tfor (int i = 0; i < 10; i++) {}";

  private SelfCheck() {}

  /**
   * Encodes and decodes a text.
   *
   * @throws dev.remora.TokenizerException if that fails or gives nothing
   */
  public static void check(Tokenizer tokenizer) {
    int[] ids = tokenizer.encode(TEXT, EncodeOptions.NO_SPECIAL_TOKENS).ids();
    if (ids.length == 0) {
      throw new BundleException(Rule.R2, null, "the tokenizer has no ids for a text");
    }
    if (tokenizer.decode(ids).isEmpty()) {
      throw new BundleException(Rule.R2, null, "the tokenizer has no text for its own ids");
    }
  }
}
