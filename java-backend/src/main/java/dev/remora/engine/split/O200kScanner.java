package dev.remora.engine.split;

import static dev.remora.engine.text.CharacterClasses.categoryAt;
import static dev.remora.engine.text.CharacterClasses.classAt;
import static dev.remora.engine.text.CharacterClasses.isCapitalLike;
import static dev.remora.engine.text.CharacterClasses.isLetter;
import static dev.remora.engine.text.CharacterClasses.isOther;
import static dev.remora.engine.text.CharacterClasses.isSmallLike;
import static dev.remora.engine.text.Signs.isNewline;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.CharacterClasses;
import dev.remora.engine.text.Signs;

/**
 * The regex of o200k_base, {@link dev.remora.core.regex.KnownRegex#O200K}, which splits words
 * before their capitals, and two of its kind: Mistral's since Nemo, {@link
 * dev.remora.core.regex.KnownRegex#MISTRAL}, which has no contractions and takes each number alone,
 * and Kimi's, {@link dev.remora.core.regex.KnownRegex#KIMI}, which takes Han characters apart and
 * no slash after signs. Thread-safe.
 */
final class O200kScanner extends WindowScanner {
  private final boolean contractions;
  private final int maxNumbers;
  private final boolean hanApart;
  private final int wordMask; // of a class: what tells whether a character is of a word

  private O200kScanner(boolean contractions, int maxNumbers, boolean hanApart) {
    this.contractions = contractions;
    this.maxNumbers = maxNumbers;
    this.hanApart = hanApart;
    this.wordMask = CharacterClasses.CATEGORY | (hanApart ? CharacterClasses.HAN : 0);
  }

  static O200kScanner o200k() {
    return new O200kScanner(true, 3, false);
  }

  static O200kScanner mistral() {
    return new O200kScanner(false, 1, false);
  }

  static O200kScanner kimi() {
    return new O200kScanner(true, 3, true);
  }

  @Override
  long starts(AsciiWindow window) {
    return window.startsOfCasedWords(maxNumbers);
  }

  @Override
  int match(byte[] bytes, int from, int to) {
    if (hanApart && isHan(bytes, from)) {
      return han(bytes, from, to);
    }
    int category = categoryAt(bytes, from);
    int next = from + Utf8.lengthOf(bytes[from]);
    if (category == CharacterClasses.NUMBER) {
      return numbers(bytes, next, to, maxNumbers - 1);
    }
    if (isLetter(category)) {
      return wordEnd(bytes, word(bytes, from, to), to);
    }
    boolean prefix = !isNewline(bytes[from]) && next < to;
    boolean mark = category == CharacterClasses.MARK;
    if (prefix || mark) {
      int word = prefixedWord(bytes, from, next, to, prefix, mark);
      if (word >= 0) {
        return wordEnd(bytes, word, to);
      }
    }
    if (isOther(category)) {
      return signsEnd(bytes, others(bytes, next, to), to);
    }
    if (prefix && bytes[from] == Signs.SPACE && isOther(categoryAt(bytes, next))) {
      return signsEnd(bytes, others(bytes, next, to), to);
    }
    return spacesOrNewlines(bytes, from, to);
  }

  /** The end of a word and of the contraction that may follow. */
  private int wordEnd(byte[] bytes, int word, int to) {
    return contractions ? contraction(bytes, word, to) : word;
  }

  /**
   * The end of a word after one character that is not a letter, or that begins with it if it is a
   * mark; -1 if there is none. A word with a small letter goes before one without, and one with the
   * character as prefix before one without.
   */
  private int prefixedWord(byte[] bytes, int from, int next, int to, boolean prefix, boolean mark) {
    if (prefix) {
      int word = withSmall(bytes, next, to);
      if (word >= 0) {
        return word;
      }
    }
    return mark ? withSmall(bytes, from, to) : prefix ? capitals(bytes, next, to) : -1;
  }

  private int capitals(byte[] bytes, int from, int to) {
    int end = upper(bytes, from, to);
    return end > from ? end : -1;
  }

  /** The end of a word that begins with a letter. */
  private int word(byte[] bytes, int from, int to) {
    int small = withSmall(bytes, from, to);
    return small >= 0 ? small : upper(bytes, from, to);
  }

  /** The end of {@code UPPER*LOWER+}; -1 if there is none here. */
  private int withSmall(byte[] bytes, int from, int to) {
    int at = from;
    int afterBoth = -1; // the end of the last character that is of UPPER and of LOWER
    while (at < to) {
      int category = wordCategory(bytes, at);
      int next = at + Utf8.lengthOf(bytes[at]);
      if (category == CharacterClasses.LOWER) {
        return lower(bytes, next, to);
      }
      if (!isCapitalLike(category)) {
        break;
      }
      at = next;
      if (isSmallLike(category)) {
        afterBoth = at;
      }
    }
    return afterBoth;
  }

  /** The end of {@code LOWER*}. */
  private int lower(byte[] bytes, int from, int to) {
    int at = smallLetters(bytes, from, to);
    while (at < to && isSmallLike(wordCategory(bytes, at))) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }

  private int upper(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isCapitalLike(wordCategory(bytes, at))) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }

  /** The category, or another number for a character that is of no word. */
  private int wordCategory(byte[] bytes, int at) {
    return classAt(bytes, at) & wordMask;
  }

  private int signsEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (isNewline(bytes[at]) || (bytes[at] == '/' && !hanApart))) {
      at++;
    }
    return at;
  }

  private static boolean isHan(byte[] bytes, int at) {
    return (classAt(bytes, at) & CharacterClasses.HAN) != 0;
  }

  private static int han(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isHan(bytes, at)) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }
}
