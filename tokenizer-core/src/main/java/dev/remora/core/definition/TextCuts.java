package dev.remora.core.definition;

import java.util.Arrays;

/**
 * Where a text is cut before anything else is done with it: each piece is encoded as if it stood
 * alone, so no special token is found across a cut. Tokenizers written over tiktoken do it, whose
 * regex fails on longer runs. Characters are code points, as Python counts them.
 *
 * @param maxCharacters how many characters a piece has at most
 * @param maxRun how many characters in a row may be white space, or none, within a piece
 */
public record TextCuts(int maxCharacters, int maxRun) {
  /** The UTF-16 indices at which the pieces of a text end, the last at its end. */
  public int[] ends(String text) {
    if (text.length() <= Math.min(maxCharacters, maxRun)) {
      return new int[] {text.length()};
    }
    int[] ends = new int[8];
    int count = 0;
    int characters = 0; // since the last multiple of their bound
    int run = 0;
    boolean isSpace = false;
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      if (characters == maxCharacters) {
        characters = 0;
        run = 0;
      }
      run = run > 0 && isSpace(codePoint) == isSpace ? run + 1 : 1;
      isSpace = isSpace(codePoint);
      if (at > 0 && (characters == 0 || run > maxRun)) {
        ends = count == ends.length ? Arrays.copyOf(ends, 2 * count) : ends;
        ends[count++] = at;
        run = 1;
      }
      characters++;
      at += Character.charCount(codePoint);
    }
    ends = Arrays.copyOf(ends, count + 1);
    ends[count] = at;
    return ends;
  }

  /** What Python's {@code str.isspace} says of one character. */
  private static boolean isSpace(int codePoint) {
    return Character.isSpaceChar(codePoint)
        || (codePoint >= '\t' && codePoint <= '\r')
        || (codePoint >= 0x1C && codePoint <= 0x1F)
        || codePoint == 0x85;
  }
}
