package dev.remora;

/**
 * How a text is encoded. The default adds special tokens, as transformers does. Immutable.
 *
 * @see Tokenizer#encode(String, EncodeOptions)
 */
public final class EncodeOptions {
  /** Special tokens are added: what the tokenizer's post-processor puts around a text. */
  public static final EncodeOptions DEFAULT = builder().build();

  /** The same with {@link #addSpecialTokens()} off: for chat prompts, which write their own BOS. */
  public static final EncodeOptions NO_SPECIAL_TOKENS = builder().addSpecialTokens(false).build();

  private final boolean addSpecialTokens;

  private EncodeOptions(Builder builder) {
    this.addSpecialTokens = builder.addSpecialTokens;
  }

  /** Whether the post-processor's special tokens (BOS, EOS, CLS, SEP) are added; default true. */
  public boolean addSpecialTokens() {
    return addSpecialTokens;
  }

  @Override
  public String toString() {
    return "EncodeOptions[addSpecialTokens=" + addSpecialTokens + "]";
  }

  /** A builder that begins at the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins at these options. */
  public Builder toBuilder() {
    return builder().addSpecialTokens(addSpecialTokens);
  }

  /** Builds {@link EncodeOptions}. Not thread-safe. */
  public static final class Builder {
    private boolean addSpecialTokens = true;

    private Builder() {}

    /** Whether the post-processor's special tokens are added; default true. */
    public Builder addSpecialTokens(boolean add) {
      this.addSpecialTokens = add;
      return this;
    }

    /** The options. */
    public EncodeOptions build() {
      return new EncodeOptions(this);
    }
  }
}
