package dev.remora.cli.text;

import dev.remora.EncodeOptions;
import picocli.CommandLine.Option;

/** Whether a command adds special tokens to texts. */
public final class AddedSpecialTokens {
  @Option(names = "--no-special-tokens", description = "Add no special tokens.")
  private boolean none;

  /** Whether they are added. */
  public boolean areAdded() {
    return !none;
  }

  /** What was asked for. */
  public EncodeOptions options() {
    return none ? EncodeOptions.NO_SPECIAL_TOKENS : EncodeOptions.DEFAULT;
  }
}
