package dev.remora.core.decode;

import java.util.List;

/**
 * What cleaning up English spacing replaces.
 *
 * @param written what is replaced
 * @param read what replaces it
 */
public record EnglishSpacing(String written, String read) {
  /** All replacements, in the order in which they are made. */
  public static final List<EnglishSpacing> ALL =
      List.of(
          new EnglishSpacing(" .", "."),
          new EnglishSpacing(" ?", "?"),
          new EnglishSpacing(" !", "!"),
          new EnglishSpacing(" ,", ","),
          new EnglishSpacing(" ' ", "'"),
          new EnglishSpacing(" n't", "n't"),
          new EnglishSpacing(" 'm", "'m"),
          new EnglishSpacing(" do not", " don't"),
          new EnglishSpacing(" 's", "'s"),
          new EnglishSpacing(" 've", "'ve"),
          new EnglishSpacing(" 're", "'re"));
}
