package dev.remora;

import java.util.List;
import java.util.function.Supplier;

/**
 * What a text encodes to: ids, and on demand tokens, offsets and the special mask.
 *
 * <p>Only the ids are computed at once. The first call for anything else encodes the text again in
 * detail, so it throws {@link IllegalStateException} where the tokenizer was closed meanwhile; the
 * details are kept from then on.
 *
 * <p>Immutable and thread-safe.
 */
public final class Encoding {
  private final int[] ids;
  private final List<RefusedToken> refused;
  private final Supplier<TokenDetails> source;
  private volatile TokenDetails details;

  /**
   * For engines; users get encodings from {@link Tokenizer}.
   *
   * @param ids the ids; not copied
   * @param source gives the details of exactly these ids
   */
  public Encoding(int[] ids, Supplier<TokenDetails> source) {
    this(ids, List.of(), source);
  }

  /**
   * The same for a text of which not all is trusted.
   *
   * @param refused the added tokens that were not recognised, in the order of the text
   */
  @SuppressWarnings("NullAway.Init") // details is null until the first call of details()
  public Encoding(int[] ids, List<RefusedToken> refused, Supplier<TokenDetails> source) {
    this.ids = ids;
    this.refused = List.copyOf(refused);
    this.source = source;
  }

  /** The ids, as a new array. */
  public int[] ids() {
    return ids.clone();
  }

  /**
   * The added tokens that the text spells where it is not trusted, and that were therefore not
   * recognised; none where all of it is trusted, or the {@linkplain
   * EncodeOptions.SpecialTokensInText#PLAIN whole text} is plain.
   */
  public List<RefusedToken> refused() {
    return refused;
  }

  /** How many ids there are. */
  public int size() {
    return ids.length;
  }

  /** The token of each id as the vocabulary spells it (byte-level: {@code Ġworld}). */
  public List<String> tokens() {
    return details().tokens();
  }

  /**
   * Where in the text token {@code index} begins, as a UTF-16 index, inclusive; 0 for a token that
   * the post-processor added. Tokens that share a character of the text share its offsets.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= index < size()}
   */
  public int start(int index) {
    return details().start(index);
  }

  /**
   * Where in the text token {@code index} ends, as a UTF-16 index, exclusive; 0 for a token that
   * the post-processor added.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= index < size()}
   */
  public int end(int index) {
    return details().end(index);
  }

  /**
   * Whether the post-processor added token {@code index}: Hugging Face's special tokens mask. False
   * for a special token that is in the text itself.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= index < size()}
   */
  public boolean isSpecial(int index) {
    return details().isSpecial(index);
  }

  /** How many ids there are; neither the ids nor any text. */
  @Override
  public String toString() {
    return "Encoding[" + ids.length + " ids]";
  }

  private TokenDetails details() {
    TokenDetails known = details;
    if (known == null) {
      known = source.get();
      details = known;
    }
    return known;
  }
}
