package dev.remora;

import java.util.Locale;

/**
 * How ids are decoded, at once or while they arrive. The default keeps the text of special tokens
 * and has no prompt. Immutable and thread-safe.
 *
 * @see Tokenizer#decode(int[], DecodeOptions)
 * @see Tokenizer#decodeStream(DecodeOptions)
 */
public final class DecodeOptions {
  /** Special tokens keep their text; the ids begin a text. */
  public static final DecodeOptions DEFAULT = builder().build();

  /** Special tokens leave no text; the ids begin a text. */
  public static final DecodeOptions SKIP_SPECIAL_TOKENS = builder().skipSpecialTokens(true).build();

  private final boolean skipSpecialTokens;
  private final int[] promptIds;

  private DecodeOptions(Builder builder) {
    this.skipSpecialTokens = builder.skipSpecialTokens;
    this.promptIds = builder.promptIds;
  }

  /** Whether special tokens leave no text; default false. */
  public boolean skipSpecialTokens() {
    return skipSpecialTokens;
  }

  /** The ids that the first one follows, as a new array; default none. */
  public int[] promptIds() {
    return promptIds.clone();
  }

  /** A builder that begins at the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins at these options. */
  public Builder toBuilder() {
    return builder().skipSpecialTokens(skipSpecialTokens).promptIds(promptIds);
  }

  /** Builds {@link DecodeOptions}. Not thread-safe. */
  public static final class Builder {
    private boolean skipSpecialTokens;
    private int[] promptIds = {};

    private Builder() {}

    /** Whether special tokens leave no text; default false. */
    public Builder skipSpecialTokens(boolean skip) {
      this.skipSpecialTokens = skip;
      return this;
    }

    /**
     * The ids that the first one follows, copied; default none. Their own text is not given out,
     * but what comes after it is decoded as its continuation: a word keeps the space before it, and
     * a character that the prompt began is given out when it is complete.
     */
    public Builder promptIds(int... ids) {
      this.promptIds = ids.clone();
      return this;
    }

    /** The options. */
    public DecodeOptions build() {
      return new DecodeOptions(this);
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "special tokens %s, %d ids of a prompt",
        skipSpecialTokens ? "skipped" : "kept",
        promptIds.length);
  }
}
