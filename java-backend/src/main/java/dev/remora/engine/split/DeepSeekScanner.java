package dev.remora.engine.split;

import static dev.remora.engine.text.CharacterClasses.categoryAt;
import static dev.remora.engine.text.CharacterClasses.classAt;
import static dev.remora.engine.text.CharacterClasses.isLetter;
import static dev.remora.engine.text.CharacterClasses.isLetterOrMark;
import static dev.remora.engine.text.Signs.isNewline;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.CharacterClasses;
import dev.remora.engine.text.Signs;

/**
 * The regexes of DeepSeek since V2.5, {@link dev.remora.core.regex.KnownRegex#DEEPSEEK}, one after
 * the other: each splits only what the one before left together, and what none matches stays
 * together too.
 *
 * <p>A stretch for the third is thus of CJK characters alone, or has none and no numbers; where it
 * ends, its text ends. Thread-safe.
 */
final class DeepSeekScanner extends RegexScanner {
  @Override
  int match(byte[] bytes, int from, int to) {
    int next = from + Utf8.lengthOf(bytes[from]);
    if (categoryAt(bytes, from) == CharacterClasses.NUMBER) {
      return numbers(bytes, next, to, 2);
    }
    boolean cjk = isCjk(bytes, from);
    int end = third(bytes, from, to, cjk);
    if (end > from) {
      return end;
    }
    while (belongs(bytes, next, to, cjk) && third(bytes, next, to, cjk) == next) {
      next += Utf8.lengthOf(bytes[next]);
    }
    return next;
  }

  /** The end of a match of the third regex that begins here; {@code from} if there is none. */
  private static int third(byte[] bytes, int from, int to, boolean cjk) {
    int next = from + Utf8.lengthOf(bytes[from]);
    int characterClass = classAt(bytes, from);
    int category = characterClass & CharacterClasses.CATEGORY;
    if (isLetterOrMark(category)) {
      return word(bytes, next, to, cjk);
    }
    if ((characterClass & CharacterClasses.SIGN) != 0) {
      int letters = bytes[from] > 0 ? asciiLetters(bytes, next, to) : next;
      return letters > next ? letters : signs(bytes, next, to, cjk);
    }
    if (belongs(bytes, next, to, cjk)) {
      int following = classAt(bytes, next);
      if (!isNewline(bytes[from]) && isLetterOrMark(following & CharacterClasses.CATEGORY)) {
        return word(bytes, next, to, cjk);
      }
      if (bytes[from] == Signs.SPACE && (following & CharacterClasses.SIGN) != 0) {
        return signs(bytes, next, to, cjk);
      }
    }
    return category == CharacterClasses.SPACE ? space(bytes, from, to) : from;
  }

  private static int word(byte[] bytes, int from, int to, boolean cjk) {
    int at = from;
    while (belongs(bytes, at, to, cjk) && isLetterOrMark(categoryAt(bytes, at))) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }

  private static int asciiLetters(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] > 0 && isLetter(categoryAt(bytes, at))) {
      at++;
    }
    return at;
  }

  /** The end of <code>[\p{P}\p{S}]*[\r\n]*</code>. */
  private static int signs(byte[] bytes, int from, int to, boolean cjk) {
    int at = from;
    while (belongs(bytes, at, to, cjk) && (classAt(bytes, at) & CharacterClasses.SIGN) != 0) {
      at += Utf8.lengthOf(bytes[at]);
    }
    while (!cjk && at < to && isNewline(bytes[at])) {
      at++;
    }
    return at;
  }

  /** As {@link #spacesOrNewlines}, but the text ends where the stretch does. */
  private static int space(byte[] bytes, int from, int to) {
    int end = whiteSpace(bytes, from, to);
    boolean ends = !belongs(bytes, end, to, false);
    return spacesOrNewlines(bytes, from, ends ? end : to);
  }

  /** Whether the stretch goes on with the character here. */
  private static boolean belongs(byte[] bytes, int at, int to, boolean cjk) {
    return at < to && isCjk(bytes, at) == cjk && categoryAt(bytes, at) != CharacterClasses.NUMBER;
  }

  private static boolean isCjk(byte[] bytes, int at) {
    if (bytes[at] >= 0 || bytes[at] < (byte) 0xE3 || bytes[at] > (byte) 0xE9) {
      return false;
    }
    int codePoint = Utf8.codePointAt(bytes, at);
    return (codePoint >= 0x3040 && codePoint <= 0x30FF)
        || (codePoint >= 0x4E00 && codePoint <= 0x9FA5);
  }
}
