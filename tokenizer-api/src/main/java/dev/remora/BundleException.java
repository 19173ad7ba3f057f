package dev.remora;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bundle, or the stream that carried it, breaks a rule: what arrived is not a tokenizer that can
 * be trusted. Nothing of it is kept.
 */
public sealed class BundleException extends TokenizerException permits FingerprintException {
  private static final long serialVersionUID = 1L;

  private final Rule broken;
  private final @Nullable String file;
  private final String problem;

  /**
   * @param rule the rule that was broken, such as {@link Rule#A2}
   * @param file the file or archive entry that breaks it; null for the bundle as a whole
   * @param problem what is wrong, without the rule and the file
   */
  public BundleException(Rule rule, @Nullable String file, String problem) {
    this(rule, file, problem, null);
  }

  /**
   * @param rule the rule that was broken, such as {@link Rule#A2}
   * @param file the file or archive entry that breaks it; null for the bundle as a whole
   * @param problem what is wrong, without the rule and the file
   * @param cause what showed it
   */
  public BundleException(
      Rule rule, @Nullable String file, String problem, @Nullable Throwable cause) {
    this(rule, file, problem, cause, List.of());
  }

  BundleException(
      Rule rule,
      @Nullable String file,
      String problem,
      @Nullable Throwable cause,
      List<Attempt> attempts) {
    super(
        rule,
        (file == null ? problem : file + ": " + problem) + " (rule " + rule + ")",
        cause,
        attempts);
    this.broken = rule;
    this.file = file;
    this.problem = problem;
  }

  @Override
  TokenizerException copy(@Nullable Throwable newCause, List<Attempt> newAttempts) {
    return new BundleException(broken, file, problem, newCause, newAttempts);
  }

  @Override
  public ErrorKind kind() {
    return ErrorKind.BUNDLE;
  }

  /** The file or archive entry that breaks the rule; empty for the bundle as a whole. */
  public Optional<String> file() {
    return Optional.ofNullable(file);
  }

  /** What is wrong, without the rule and the file. */
  public String problem() {
    return problem;
  }

  /** The rule, which every exception of this type has. */
  final Rule broken() {
    return broken;
  }
}
