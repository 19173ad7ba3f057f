package dev.remora.engine;

/**
 * The regex of Llama-3 and cl100k, where numbers go by three, and of Qwen2, where they go alone:
 *
 * <pre>{@code (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}
 * | ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+}</pre>
 */
final class Llama3Scanner extends RegexScanner {
  private static final String BEFORE_NUMBERS =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
  private static final String BEHIND_NUMBERS =
      "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  static final String BY_THREE = BEFORE_NUMBERS + "\\p{N}{1,3}" + BEHIND_NUMBERS;
  static final String ALONE = BEFORE_NUMBERS + "\\p{N}" + BEHIND_NUMBERS;

  private final int mostNumbers;

  Llama3Scanner(int mostNumbers) {
    this.mostNumbers = mostNumbers;
  }

  @Override
  int match(byte[] bytes, int from, int to) {
    int category = category(bytes, from);
    int next = from + Utf8.lengthOf(bytes[from]);
    if (isLetter(category)) {
      return letters(bytes, next, to);
    }
    if (category == CharacterClasses.NUMBER) {
      return numbers(bytes, next, to, mostNumbers - 1);
    }
    int contraction = contraction(bytes, from, to);
    if (contraction > from) {
      return contraction;
    }
    if (next < to && !isNewline(bytes[from])) {
      int following = category(bytes, next);
      if (isLetter(following)) {
        return letters(bytes, next + Utf8.lengthOf(bytes[next]), to);
      }
      if (bytes[from] == ' ' && isOther(following)) {
        return newlines(bytes, others(bytes, next, to), to);
      }
    }
    if (isOther(category)) {
      return newlines(bytes, others(bytes, next, to), to);
    }
    return spacesOrNewlines(bytes, from, to);
  }

  private static int newlines(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isNewline(bytes[at])) {
      at++;
    }
    return at;
  }
}
