package dev.remora.cli;

import dev.remora.EncodeOptions;
import picocli.CommandLine.Option;

/** Whether a command adds special tokens to texts. */
final class AddedSpecialTokens {
  @Option(names = "--no-special-tokens", description = "Add no special tokens.")
  private boolean none;

  EncodeOptions options() {
    return none ? EncodeOptions.NO_SPECIAL_TOKENS : EncodeOptions.DEFAULT;
  }
}
