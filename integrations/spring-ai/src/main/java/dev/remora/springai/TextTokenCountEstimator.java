package dev.remora.springai;

import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.content.MediaContent;
import org.springframework.ai.tokenizer.TokenCountEstimator;

/**
 * Counts the tokens of texts by the worker's own tokenizer: no estimate. Special tokens are not
 * added.
 *
 * <p>Immutable and thread-safe. The tokenizer stays the caller's, and must stay open.
 */
public final class TextTokenCountEstimator implements TokenCountEstimator {
  private final Tokenizer tokenizer;

  private TextTokenCountEstimator(Tokenizer tokenizer) {
    this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
  }

  /** Counts by a tokenizer. */
  public static TextTokenCountEstimator of(Tokenizer tokenizer) {
    return new TextTokenCountEstimator(tokenizer);
  }

  /** The tokens of a text; 0 for null, as Spring AI has documents without text. */
  @Override
  public int estimate(@Nullable String text) {
    return text == null ? 0 : tokenizer.count(text, EncodeOptions.NO_SPECIAL_TOKENS);
  }

  /**
   * The tokens of the content's text.
   *
   * @throws IllegalArgumentException if it has media too, of which a tokenizer knows nothing
   */
  @Override
  public int estimate(MediaContent content) {
    if (!content.getMedia().isEmpty()) {
      throw new IllegalArgumentException("a tokenizer cannot count media");
    }
    return estimate(content.getText());
  }

  /** The sum of {@link #estimate(MediaContent)} of each. */
  @Override
  public int estimate(Iterable<MediaContent> contents) {
    int sum = 0;
    for (MediaContent content : contents) {
      sum = Math.addExact(sum, estimate(content));
    }
    return sum;
  }

  @Override
  public String toString() {
    return "TextTokenCountEstimator[" + tokenizer + "]";
  }
}
