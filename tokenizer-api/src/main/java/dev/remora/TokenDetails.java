package dev.remora;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The tokens, offsets and special mask of one encoding, as an engine hands them over. Immutable.
 *
 * @see Encoding
 */
public final class TokenDetails {
  private final List<String> tokens;
  private final int[] offsets;
  private final boolean[] special;

  /**
   * Arrays are not copied.
   *
   * @param tokens the token of each id
   * @param offsets start and end of each token in turn, as UTF-16 indices: twice as long as tokens
   * @param special which tokens the post-processor added: as long as tokens
   * @throws IllegalArgumentException if the lengths do not agree
   */
  public TokenDetails(List<String> tokens, int[] offsets, boolean[] special) {
    if (offsets.length != 2 * tokens.size() || special.length != tokens.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d tokens, %d offsets, %d marks",
              tokens.size(),
              offsets.length,
              special.length));
    }
    this.tokens = List.copyOf(tokens);
    this.offsets = offsets;
    this.special = special;
  }

  List<String> tokens() {
    return tokens;
  }

  int start(int index) {
    return offsets[2 * checked(index)];
  }

  int end(int index) {
    return offsets[2 * checked(index) + 1];
  }

  boolean isSpecial(int index) {
    return special[checked(index)];
  }

  private int checked(int index) {
    return Objects.checkIndex(index, special.length);
  }
}
