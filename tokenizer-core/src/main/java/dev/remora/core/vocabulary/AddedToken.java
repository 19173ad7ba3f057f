package dev.remora.core.vocabulary;

/**
 * A token that is found in the text before the model sees it, with the flags that Hugging Face
 * tokenizers gives it.
 *
 * @param id its id
 * @param content its text
 * @param singleWord whether it matches only between characters that are not word characters
 * @param lstrip whether it takes the white space before it
 * @param rstrip whether it takes the white space after it
 * @param normalized whether it is looked for in the normalized text; else in the raw text
 * @param special whether decoding can skip it
 */
public record AddedToken(
    int id,
    String content,
    boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    boolean normalized,
    boolean special) {
  /** The same token, marked special. */
  public AddedToken asSpecial() {
    return new AddedToken(id, content, singleWord, lstrip, rstrip, normalized, true);
  }
}
