package dev.remora.engine;

import java.util.List;

/**
 * The regexes of DeepSeek-V3, one after the other: each cuts only what the one before left
 * together, and what none matches stays together too.
 *
 * <pre>{@code \p{N}{1,3}
 * [一-龥぀-ゟ゠-ヿ]+
 * [!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+
 * | ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+}</pre>
 *
 * <p>A stretch for the third is thus of CJK characters alone, or has none and no numbers; where it
 * ends, its text ends.
 */
final class DeepSeekScanner extends RegexScanner {
  static final List<String> REGEXES =
      List.of(
          "\\p{N}{1,3}",
          "[一-龥\u3040-ゟ゠-ヿ]+",
          "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
              + "|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
              + "| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+");

  @Override
  int match(byte[] bytes, int from, int to) {
    int next = from + Utf8.lengthOf(bytes[from]);
    if (category(bytes, from) == CharacterClasses.NUMBER) {
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
    int characterClass = characterClass(bytes, from);
    int category = characterClass & CharacterClasses.CATEGORY;
    if (isOfWord(category)) {
      return word(bytes, next, to, cjk);
    }
    if ((characterClass & CharacterClasses.SIGN) != 0) {
      int letters = bytes[from] > 0 ? asciiLetters(bytes, next, to) : next;
      return letters > next ? letters : signs(bytes, next, to, cjk);
    }
    if (belongs(bytes, next, to, cjk)) {
      int following = characterClass(bytes, next);
      if (!isNewline(bytes[from]) && isOfWord(following & CharacterClasses.CATEGORY)) {
        return word(bytes, next, to, cjk);
      }
      if (bytes[from] == ' ' && (following & CharacterClasses.SIGN) != 0) {
        return signs(bytes, next, to, cjk);
      }
    }
    return category == CharacterClasses.SPACE ? space(bytes, from, to) : from;
  }

  private static boolean isOfWord(int category) {
    return isLetter(category) || category == CharacterClasses.MARK;
  }

  private static int word(byte[] bytes, int from, int to, boolean cjk) {
    int at = from;
    while (belongs(bytes, at, to, cjk) && isOfWord(category(bytes, at))) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }

  private static int asciiLetters(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] > 0 && isLetter(category(bytes, at))) {
      at++;
    }
    return at;
  }

  /** The end of <code>[\p{P}\p{S}]*[\r\n]*</code>. */
  private static int signs(byte[] bytes, int from, int to, boolean cjk) {
    int at = from;
    while (belongs(bytes, at, to, cjk)
        && (characterClass(bytes, at) & CharacterClasses.SIGN) != 0) {
      at += Utf8.lengthOf(bytes[at]);
    }
    while (!cjk && at < to && isNewline(bytes[at])) {
      at++;
    }
    return at;
  }

  /** As {@link #spacesOrNewlines}, but the text ends where the stretch does. */
  private static int space(byte[] bytes, int from, int to) {
    int behind = whiteSpace(bytes, from, to);
    boolean ends = !belongs(bytes, behind, to, false);
    return spacesOrNewlines(bytes, from, ends ? behind : to);
  }

  /** Whether the stretch goes on with the character here. */
  private static boolean belongs(byte[] bytes, int at, int to, boolean cjk) {
    return at < to && isCjk(bytes, at) == cjk && category(bytes, at) != CharacterClasses.NUMBER;
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
