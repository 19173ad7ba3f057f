package dev.remora.core.vocabulary;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Added tokens that are white space beside flags that take white space. A token with rstrip takes
 * the white space after it; the search goes on right after its content all the same, and finds a
 * token there that is white space itself. Mostly both are given, one over the other. But where the
 * one that is found begins, by its lstrip, behind its own end, the reference ends the process; and
 * where it strips on, each of a run of them holds all that follow, which costs the square of a
 * text.
 */
public final class StrippedWhiteSpace {
  private StrippedWhiteSpace() {}

  /**
   * A token for which there are such texts; empty if there is none.
   *
   * @param tokens the tokens that are looked for together, in the raw or in the normalized text
   * @param isWhiteSpace whether what is looked for may be white space and nothing else
   */
  public static Optional<AddedToken> conflict(
      List<AddedToken> tokens, Predicate<AddedToken> isWhiteSpace) {
    List<AddedToken> blank = tokens.stream().filter(isWhiteSpace).toList();
    if (blank.stream().allMatch(token -> token.lstrip() && token.rstrip())) {
      return Optional.empty(); // the first takes the whole run, and nothing is left for others
    }
    boolean anyTakesAfter = tokens.stream().anyMatch(AddedToken::rstrip);
    return blank.stream()
        .filter(token -> token.rstrip() || (token.lstrip() && anyTakesAfter))
        .findFirst();
  }
}
