package dev.remora.engine;

/**
 * The regex of o200k, which cuts words before their capitals:
 *
 * <pre>{@code [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+
 * (?i:'s|'t|'re|'ve|'m|'ll|'d)?
 * |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*
 * (?i:'s|'t|'re|'ve|'m|'ll|'d)?
 * |\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+}</pre>
 *
 * And two of its kind: Mistral's since Nemo, which has no contractions and takes numbers alone;
 * Kimi's, in which Han characters go apart: {@code [\p{Han}]+} comes first, the four classes of
 * words end with {@code &&[^\p{Han}]}, and no slash follows the signs.
 */
final class O200kScanner extends RegexScanner {
  private static final String CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";

  static final String REGEX = regex("", "", CONTRACTION, "{1,3}", "/");
  static final String MISTRAL = regex("", "", "", "", "/");
  static final String KIMI = regex("[\\p{Han}]+|", "&&[^\\p{Han}]", CONTRACTION, "{1,3}", "");

  private final boolean contractions;
  private final int mostNumbers;
  private final boolean hanApart;
  private final int wordMask; // of a class: what tells whether a character is of a word

  private O200kScanner(boolean contractions, int mostNumbers, boolean hanApart) {
    this.contractions = contractions;
    this.mostNumbers = mostNumbers;
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

  private static String regex(
      String first, String butNot, String contraction, String numbers, String slash) {
    String prefix = "[^\\r\\n\\p{L}\\p{N}]?";
    String upper = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}" + butNot + "]";
    String lower = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}" + butNot + "]";
    return first
        + (prefix + upper + "*" + lower + "+" + contraction + "|")
        + (prefix + upper + "+" + lower + "*" + contraction + "|")
        + ("\\p{N}" + numbers + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n" + slash + "]*")
        + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  }

  @Override
  int match(byte[] bytes, int from, int to) {
    if (hanApart && isHan(bytes, from)) {
      return han(bytes, from, to);
    }
    int category = category(bytes, from);
    int next = from + Utf8.lengthOf(bytes[from]);
    if (category == CharacterClasses.NUMBER) {
      return numbers(bytes, next, to, mostNumbers - 1);
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
    if (prefix && bytes[from] == ' ' && isOther(category(bytes, next))) {
      return signsEnd(bytes, others(bytes, next, to), to);
    }
    return spacesOrNewlines(bytes, from, to);
  }

  /** The end of a word and of the contraction that may follow. */
  private int wordEnd(byte[] bytes, int word, int to) {
    return contractions ? contraction(bytes, word, to) : word;
  }

  /**
   * The end of a word behind one character that is no letter, or that begins with it if it is a
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
    int afterBoth = -1; // behind the last character that is of UPPER and of LOWER
    while (at < to) {
      int category = wordCategory(bytes, at);
      int next = at + Utf8.lengthOf(bytes[at]);
      if (category == CharacterClasses.LOWER) {
        return lower(bytes, next, to);
      }
      if (!isUpper(category)) {
        break;
      }
      at = next;
      if (isLower(category)) {
        afterBoth = at;
      }
    }
    return afterBoth;
  }

  /** The end of {@code LOWER*}. */
  private int lower(byte[] bytes, int from, int to) {
    int at = smallLetters(bytes, from, to);
    while (at < to && isLower(wordCategory(bytes, at))) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }

  private int upper(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isUpper(wordCategory(bytes, at))) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }

  /** The category, or another number for a character that is of no word. */
  private int wordCategory(byte[] bytes, int at) {
    return characterClass(bytes, at) & wordMask;
  }

  private static boolean isUpper(int category) {
    return category >= CharacterClasses.UPPER
        && category <= CharacterClasses.MARK
        && category != CharacterClasses.LOWER;
  }

  private static boolean isLower(int category) {
    return category == CharacterClasses.LOWER
        || (category >= CharacterClasses.MODIFIER && category <= CharacterClasses.MARK);
  }

  private int signsEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (isNewline(bytes[at]) || (bytes[at] == '/' && !hanApart))) {
      at++;
    }
    return at;
  }

  private static boolean isHan(byte[] bytes, int at) {
    return (characterClass(bytes, at) & CharacterClasses.HAN) != 0;
  }

  private static int han(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isHan(bytes, at)) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }
}
