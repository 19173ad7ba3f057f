package dev.remora;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Anything that goes wrong with a tokenizer, its loading or its use. The kinds are few and each
 * carries its facts as fields; the message is made from them.
 */
public abstract sealed class TokenizerException extends RuntimeException
    permits BundleException,
        LimitException,
        LoadException,
        EngineException,
        UnknownTokenException,
        TemplateException {

  private final @Nullable String rule;

  TokenizerException(@Nullable String rule, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.rule = rule;
  }

  /** The kind in one word, for logs and machines: {@code bundle}, {@code limit}, {@code load}, … */
  public abstract String kind();

  /** The rule that was broken, such as {@code B2}, as RULES.md numbers them; empty if none is. */
  public Optional<String> rule() {
    return Optional.ofNullable(rule);
  }
}
