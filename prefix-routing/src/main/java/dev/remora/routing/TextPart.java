package dev.remora.routing;

import java.util.Arrays;
import java.util.List;

/**
 * A part of a text, with all that its ids depend on; places are UTF-16 indices of the part.
 *
 * @param characters its characters
 * @param turns where trust changes; before the first, nothing is trusted
 * @param cuts between what is encoded apart; its length if it is from what follows
 * @param given the ids in place of text
 */
@SuppressWarnings("ArrayRecordComponent") // compared by KeyedText, in place
record TextPart(String characters, int[] turns, int[] cuts, List<Given> given) {
  /**
   * Ids in place of some text.
   *
   * @param start where the text begins
   * @param end where it ends
   */
  record Given(int start, int end, List<Integer> ids) {}

  /** Whether two parts are the same. */
  boolean isSame(TextPart other) {
    return characters.equals(other.characters)
        && Arrays.equals(turns, other.turns)
        && Arrays.equals(cuts, other.cuts)
        && given.equals(other.given);
  }

  /** What tells parts of the same characters apart, as a number. */
  long marks() {
    return 31L * (31L * Arrays.hashCode(turns) + Arrays.hashCode(cuts)) + given.hashCode();
  }

  /** The memory that it takes beside a string's and this object's own, in bytes. */
  long bytes() {
    long ids = 0;
    for (Given one : given) {
      ids += 64 + 20L * one.ids().size();
    }
    boolean isLatin1 = characters.chars().allMatch(unit -> unit <= 0xFF);
    return (isLatin1 ? 1L : 2L) * characters.length() + 4L * (turns.length + cuts.length) + ids;
  }
}
