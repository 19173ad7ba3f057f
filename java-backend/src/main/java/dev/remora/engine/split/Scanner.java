package dev.remora.engine.split;

import static dev.remora.engine.text.CharacterClasses.categoryAt;
import static dev.remora.engine.text.CharacterClasses.isLetter;
import static dev.remora.engine.text.CharacterClasses.isOther;
import static dev.remora.engine.text.CharacterClasses.isSpace;
import static dev.remora.engine.text.Signs.isNewline;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.CharacterClasses;
import dev.remora.engine.text.EightBytes;
import dev.remora.engine.text.Signs;

/**
 * Cuts a text into pre-tokens as one regex does, matched again and again from where its last match
 * ended. Every character belongs to a match. Thread-safe.
 */
public abstract class Scanner implements Cutter {
  private static final long EACH_PAIR = 0x0001000100010001L; // of four pairs of bytes

  /**
   * Where the pre-token that begins at {@code from} ends.
   *
   * @param to the end of the text, which is more than {@code from}
   */
  public abstract int end(byte[] bytes, int from, int to);

  /**
   * Writes where the next pre-tokens end, until none is left or the array is full.
   *
   * @param window what may be worked in
   * @return how many
   */
  public int ends(byte[] bytes, int from, int to, int[] ends, AsciiWindow window) {
    int count = 0;
    for (int at = from; at < to && count < ends.length; count++) {
      at = end(bytes, at, to);
      ends[count] = at;
    }
    return count;
  }

  @Override
  public final PieceCursor newCursor() {
    return new ScannerCursor(this);
  }

  /** The end of {@code \p{L}*}. */
  static int letters(byte[] bytes, int from, int to) {
    int at =
        isCyrillicLead(bytes[from])
            ? cyrillicLetters(bytes, from, to)
            : EightBytes.endOfLetters(bytes, from, to);
    while (at < to && isLetter(categoryAt(bytes, at))) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }

  /** The end of {@code [a-z]*}, or of small Cyrillic letters; may read after the text. */
  static int smallLetters(byte[] bytes, int from, int to) {
    return isCyrillicLead(bytes[from])
        ? smallCyrillicLetters(bytes, from, to)
        : EightBytes.endOfSmallLetters(bytes, from, to);
  }

  private static boolean isCyrillicLead(byte sign) {
    return (sign & 0xFE) == 0xD0;
  }

  /** The end of the characters from U+0400 to U+047F, which are all letters; four at a time. */
  private static int cyrillicLetters(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at += 8) {
      long others = notCyrillic(Utf8.longAt(bytes, at));
      if (others != 0) {
        return Math.min(at + Long.numberOfTrailingZeros(others) / 16 * 2, to);
      }
    }
    return to;
  }

  /** The end of those from U+0430 to U+045F, all small: D0 B0 to D0 BF, D1 80 to D1 9F. */
  private static int smallCyrillicLetters(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at += 8) {
      long four = Utf8.longAt(bytes, at);
      long isD1 = four & EACH_PAIR;
      long from20 = four >>> 13 & EACH_PAIR; // of the six bits of the second byte
      long from10 = four >>> 12 & EACH_PAIR;
      long small = (isD1 ^ from20) & (isD1 | from10);
      long others = notCyrillic(four) | (small ^ EACH_PAIR);
      if (others != 0) {
        return Math.min(at + Long.numberOfTrailingZeros(others) / 16 * 2, to);
      }
    }
    return to;
  }

  /** Of four characters, bits of those that do not begin with D0 or D1. */
  private static long notCyrillic(long four) {
    return (four ^ 0xD0 * EACH_PAIR) & 0xFE * EACH_PAIR;
  }

  /** The end of {@code \p{N}{0,max}}. */
  static int numbers(byte[] bytes, int from, int to, int max) {
    int at = from;
    for (int left = max; left > 0 && at < to; left--) {
      if (categoryAt(bytes, at) != CharacterClasses.NUMBER) {
        break;
      }
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }

  /** The end of <code>[^\s\p{L}\p{N}]*</code>. */
  static int others(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isOther(categoryAt(bytes, at))) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }

  /** The end of {@code \s+(?!\S)|\s+} where white space begins: its last character is left out. */
  static int spaces(byte[] bytes, int from, int to) {
    int end = whiteSpace(bytes, from, to);
    return end == to ? end : withoutLast(bytes, from, end);
  }

  /** The end of {@code \s*[\r\n]+|\s+(?!\S)|\s+} where white space begins. */
  static int spacesOrNewlines(byte[] bytes, int from, int to) {
    int at = from;
    int afterNewline = -1;
    while (at < to && isSpace(bytes, at)) {
      if (isNewline(bytes[at])) {
        afterNewline = at + 1;
      }
      at += Utf8.lengthOf(bytes[at]);
    }
    if (afterNewline >= 0) {
      return afterNewline;
    }
    return at == to ? at : withoutLast(bytes, from, at);
  }

  /** The end of {@code \s*}. */
  static int whiteSpace(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isSpace(bytes, at)) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }

  private static int withoutLast(byte[] bytes, int from, int end) {
    int last = Utf8.before(bytes, end);
    return last == from ? end : last;
  }

  /** The end of {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)}; {@code from} where there is none. */
  static int contraction(byte[] bytes, int from, int to) {
    if (to - from < 2 || bytes[from] != Signs.APOSTROPHE) {
      return from;
    }
    int first = bytes[from + 1];
    if (first == (byte) 0xC5) { // U+017F is an s to a regex that ignores case
      return to - from >= 3 && bytes[from + 2] == (byte) 0xBF ? from + 3 : from;
    }
    return contraction(from, first | 0x20, to - from >= 3 ? bytes[from + 2] | 0x20 : 0);
  }

  /** The end of {@code 's|'t|'re|'ve|'m|'ll|'d}, in lower case only. */
  static int lowerContraction(byte[] bytes, int from, int to) {
    if (to - from < 2 || bytes[from] != Signs.APOSTROPHE) {
      return from;
    }
    return contraction(from, bytes[from + 1], to - from >= 3 ? bytes[from + 2] : 0);
  }

  private static int contraction(int from, int first, int second) {
    return switch (first) {
      case 's', 't', 'm', 'd' -> from + 2;
      case 'r', 'v' -> second == 'e' ? from + 3 : from;
      case 'l' -> second == 'l' ? from + 3 : from;
      default -> from;
    };
  }
}
