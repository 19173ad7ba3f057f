package dev.remora;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bundle, or the stream that carried it, breaks a rule: what arrived is not a tokenizer that can
 * be trusted. Nothing of it is kept.
 */
public sealed class BundleException extends TokenizerException permits FingerprintException {
  private final @Nullable String file;

  /**
   * @param rule the rule that was broken, such as {@code A2}
   * @param file the file or archive entry that breaks it; null for the bundle as a whole
   * @param problem what is wrong, without the rule and the file
   */
  public BundleException(Rule rule, @Nullable String file, String problem) {
    this(rule, file, problem, null);
  }

  /**
   * @param rule the rule that was broken, such as {@code A2}
   * @param file the file or archive entry that breaks it; null for the bundle as a whole
   * @param problem what is wrong, without the rule and the file
   * @param cause what showed it
   */
  public BundleException(
      Rule rule, @Nullable String file, String problem, @Nullable Throwable cause) {
    super(rule, (file == null ? problem : file + ": " + problem) + " (rule " + rule + ")", cause);
    this.file = file;
  }

  @Override
  public String kind() {
    return "bundle";
  }

  /** The file or archive entry that breaks the rule; empty for the bundle as a whole. */
  public Optional<String> file() {
    return Optional.ofNullable(file);
  }
}
