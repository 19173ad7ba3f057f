package dev.remora.bpe;

/**
 * The regex of o200k, which cuts words before their capitals:
 *
 * <pre>{@code [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+
 * (?i:'s|'t|'re|'ve|'m|'ll|'d)?
 * |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*
 * (?i:'s|'t|'re|'ve|'m|'ll|'d)?
 * |\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+}</pre>
 */
final class O200kScanner extends Scanner {
  private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
  private static final String PREFIX = "[^\\r\\n\\p{L}\\p{N}]?";

  static final String REGEX =
      PREFIX
          + UPPER
          + "*"
          + LOWER
          + "+"
          + CONTRACTION
          + "|"
          + PREFIX
          + UPPER
          + "+"
          + LOWER
          + "*"
          + CONTRACTION
          + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  @Override
  int end(byte[] bytes, int from, int to) {
    int category = category(bytes, from);
    int next = from + Utf8.lengthOf(bytes[from]);
    if (category == CharacterClasses.NUMBER) {
      return numbers(bytes, next, to, 2);
    }
    if (isLetter(category)) {
      return contraction(bytes, word(bytes, from, to), to);
    }
    boolean prefix = !isNewline(bytes[from]) && next < to;
    boolean mark = category == CharacterClasses.MARK;
    if (prefix || mark) {
      int word = prefixedWord(bytes, from, next, to, prefix, mark);
      if (word >= 0) {
        return contraction(bytes, word, to);
      }
    }
    if (isOther(category)) {
      return newlinesAndSlashes(bytes, others(bytes, next, to), to);
    }
    if (prefix && bytes[from] == ' ' && isOther(category(bytes, next))) {
      return newlinesAndSlashes(bytes, others(bytes, next, to), to);
    }
    return spacesOrNewlines(bytes, from, to);
  }

  /**
   * The end of a word behind one character that is no letter, or that begins with it if it is a
   * mark; -1 if there is none. A word with a small letter goes before one without, and one with the
   * character as prefix before one without.
   */
  private static int prefixedWord(
      byte[] bytes, int from, int next, int to, boolean prefix, boolean mark) {
    if (prefix) {
      int word = withSmall(bytes, next, to);
      if (word >= 0) {
        return word;
      }
    }
    return mark ? withSmall(bytes, from, to) : prefix ? capitals(bytes, next, to) : -1;
  }

  private static int capitals(byte[] bytes, int from, int to) {
    int end = upper(bytes, from, to);
    return end > from ? end : -1;
  }

  /** The end of a word that begins with a letter. */
  private static int word(byte[] bytes, int from, int to) {
    int small = withSmall(bytes, from, to);
    return small >= 0 ? small : upper(bytes, from, to);
  }

  /** The end of {@code UPPER*LOWER+}; -1 if there is none here. */
  private static int withSmall(byte[] bytes, int from, int to) {
    int at = from;
    int afterBoth = -1; // behind the last character that is of UPPER and of LOWER
    while (at < to) {
      int category = category(bytes, at);
      if (!isUpper(category)) {
        break;
      }
      at += Utf8.lengthOf(bytes[at]);
      if (isLower(category)) {
        afterBoth = at;
      }
    }
    if (at == to || category(bytes, at) != CharacterClasses.LOWER) {
      return afterBoth;
    }
    while (at < to && isLower(category(bytes, at))) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }

  private static int upper(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isUpper(category(bytes, at))) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
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

  private static int newlinesAndSlashes(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (isNewline(bytes[at]) || bytes[at] == '/')) {
      at++;
    }
    return at;
  }
}
