package dev.remora.engine.split;

import dev.remora.engine.text.EightBytes;
import dev.remora.engine.text.Signs;

/**
 * A scanner of a regex that takes one space with the letters after it, as all do that are known.
 * Most words of a text are small ASCII letters between spaces and signs: where those end is told
 * before any of the regex's cases is asked for. Thread-safe.
 */
abstract class RegexScanner extends Scanner {
  @Override
  public final int end(byte[] bytes, int from, int to) {
    if (bytes[from] == Signs.SPACE) {
      int end = EightBytes.endOfSmallLetters(bytes, from + 1, to);
      if (end > from + 1 && end < to && endsWord(bytes[end])) {
        return end;
      }
    }
    return match(bytes, from, to);
  }

  /** Whether no regex goes on with this byte after letters: some have an apostrophe there. */
  private static boolean endsWord(byte sign) {
    return sign >= 0 && sign < 'A' && sign != Signs.APOSTROPHE;
  }

  /** Whether white space in which a line ends is a pre-token up to its last line end. */
  boolean endsWhiteSpaceWithLine() {
    return true;
  }

  @Override
  public final WordBorders borders() {
    return endsWhiteSpaceWithLine() ? WordBorders.BOTH : WordBorders.BEFORE;
  }

  /** Where the match of the regex ends that begins at {@code from}. */
  abstract int match(byte[] bytes, int from, int to);
}
