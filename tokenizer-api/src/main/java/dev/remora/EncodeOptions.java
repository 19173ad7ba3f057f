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

  private final SpecialTokensInText specialTokensInText;

  private EncodeOptions(Builder builder) {
    this.addSpecialTokens = builder.addSpecialTokens;
    this.specialTokensInText = builder.specialTokensInText;
  }

  /** What becomes of added tokens, special or not, that a plain text spells. */
  public enum SpecialTokensInText {
    /** They are recognised, as transformers does: {@code <|im_end|>} becomes its id. */
    RECOGNISE,
    /**
     * They are text like any other: the ids are those of the same tokenizer without added tokens.
     * No id of an added token comes out but that for what is unknown; where the model itself would
     * give one, as Unigram may, it takes another way.
     */
    PLAIN
  }

  /** Whether the post-processor's special tokens (BOS, EOS, CLS, SEP) are added; default true. */
  public boolean addSpecialTokens() {
    return addSpecialTokens;
  }

  /** What becomes of added tokens that the text spells; default {@code RECOGNISE}. */
  public SpecialTokensInText specialTokensInText() {
    return specialTokensInText;
  }

  @Override
  public String toString() {
    return "EncodeOptions[addSpecialTokens="
        + addSpecialTokens
        + ", specialTokensInText="
        + specialTokensInText
        + "]";
  }

  /** A builder that begins at the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins at these options. */
  public Builder toBuilder() {
    return builder().addSpecialTokens(addSpecialTokens).specialTokensInText(specialTokensInText);
  }

  /** Builds {@link EncodeOptions}. Not thread-safe. */
  public static final class Builder {
    private boolean addSpecialTokens = true;
    private SpecialTokensInText specialTokensInText = SpecialTokensInText.RECOGNISE;

    private Builder() {}

    /** Whether the post-processor's special tokens are added; default true. */
    public Builder addSpecialTokens(boolean add) {
      this.addSpecialTokens = add;
      return this;
    }

    /**
     * What becomes of added tokens, special or not, that the text spells; default {@code
     * RECOGNISE}. Take {@code PLAIN} for a text that somebody else wrote.
     */
    public Builder specialTokensInText(SpecialTokensInText handling) {
      this.specialTokensInText = handling;
      return this;
    }

    /** The options. */
    public EncodeOptions build() {
      return new EncodeOptions(this);
    }
  }
}
