package dev.remora.engine.split;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.EightBytes;

/**
 * Beside which line ends a text is cut between two pre-tokens, whatever else stands in it, and what
 * is on each side is split as if it were alone.
 */
public enum LineBorders {
  /** It is not known of any. */
  NONE,
  /** Before a line end that follows a letter or digit. */
  BEFORE,
  /** There, and before a letter or digit that follows a line end. */
  BOTH;

  /**
   * The next such place in a range of a text.
   *
   * @return {@code to} if there is none; else a place that is less, and the character there belongs
   *     to the range
   */
  public int next(byte[] bytes, int from, int to) {
    int at = this == NONE ? to : EightBytes.find((byte) '\n', bytes, from, to);
    while (at < to) {
      if (at > from && isSure(bytes, Utf8.before(bytes, at))) {
        return at;
      }
      if (this == BOTH && at + 1 < to && isSure(bytes, at + 1)) {
        return at + 1;
      }
      at = EightBytes.find((byte) '\n', bytes, at + 1, to);
    }
    return to;
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
