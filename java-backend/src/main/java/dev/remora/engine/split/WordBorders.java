package dev.remora.engine.split;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.EightBytes;
import dev.remora.engine.text.Signs;

/**
 * Beside which white space a text is cut between two pre-tokens, whatever else stands in it, and
 * what is on each side is split as if it were alone.
 *
 * @param areKnown whether it is known of any: before a line end that follows a letter or digit
 * @param atSpaces whether the same holds before a space
 * @param afterLines whether it holds before a letter or digit that follows a line end, too
 * @param dropsWhiteSpace whether white space is in no pre-token
 */
public record WordBorders(
    boolean areKnown, boolean atSpaces, boolean afterLines, boolean dropsWhiteSpace) {
  /** It is not known of any. */
  public static final WordBorders NONE = new WordBorders(false, false, false, false);

  /** Before white space. */
  static final WordBorders BEFORE = new WordBorders(true, true, false, false);

  /** There, and after line ends. */
  static final WordBorders BOTH = new WordBorders(true, true, true, false);

  /** There, and what is between belongs to no side. */
  static final WordBorders DROPPED = new WordBorders(true, true, true, true);

  /** Those beside line ends alone. */
  public WordBorders atLinesOnly() {
    return new WordBorders(areKnown, false, afterLines, dropsWhiteSpace);
  }

  /**
   * The next such place in a range of a text.
   *
   * @param first where to begin to look; what is before belongs to the range
   * @return {@code to} if there is none; else a place that is less, and the character there belongs
   *     to the range
   */
  public int next(byte[] bytes, int from, int first, int to) {
    int at = areKnown ? find(bytes, first, to) : to;
    while (at < to) {
      if (at > from && isSure(bytes, Utf8.before(bytes, at))) {
        return at;
      }
      if (afterLines && bytes[at] == '\n' && at + 1 < to && isSure(bytes, at + 1)) {
        return at + 1;
      }
      at = find(bytes, at + 1, to);
    }
    return to;
  }

  private int find(byte[] bytes, int from, int to) {
    return atSpaces
        ? EightBytes.findEither((byte) '\n', Signs.SPACE, bytes, from, to)
        : EightBytes.find((byte) '\n', bytes, from, to);
  }

  /**
   * Whether a character is a letter or digit in every version of Unicode, and one that no
   * normalization joins with what is before it: of ASCII, of Russian, or a Chinese one.
   */
  private static boolean isSure(byte[] bytes, int at) {
    int sign = Utf8.codePointAt(bytes, at);
    return (sign >= '0' && sign <= '9')
        || ((sign | 0x20) >= 'a' && (sign | 0x20) <= 'z' && sign < 0x80)
        || (sign >= 0x410 && sign <= 0x44F)
        || (sign >= 0x4E00 && sign <= 0x9FA5);
  }
}
