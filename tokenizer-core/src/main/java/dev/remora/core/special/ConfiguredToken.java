package dev.remora.core.special;

import dev.remora.core.vocabulary.AddedToken;

/**
 * An added token as a file names it, before it has an id.
 *
 * @param content its text
 * @param singleWord whether it matches only between characters that are not word characters
 * @param lstrip whether it takes the white space before it
 * @param rstrip whether it takes the white space after it
 * @param normalized whether it is looked for in the normalized text; else in the raw text
 * @param special whether decoding can skip it
 */
public record ConfiguredToken(
    String content,
    boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    boolean normalized,
    boolean special) {

  /** A special token of which only the text is known. */
  public static ConfiguredToken special(String content) {
    return new ConfiguredToken(content, false, false, false, false, true);
  }

  /** A token that is not special and of which only the text is known. */
  public static ConfiguredToken ordinary(String content) {
    return new ConfiguredToken(content, false, false, false, true, false);
  }

  /** The same token, marked special. */
  public ConfiguredToken asSpecial() {
    return special
        ? this
        : new ConfiguredToken(content, singleWord, lstrip, rstrip, normalized, true);
  }

  /** The added token of this id. */
  public AddedToken withId(int id) {
    return new AddedToken(id, content, singleWord, lstrip, rstrip, normalized, special);
  }
}
