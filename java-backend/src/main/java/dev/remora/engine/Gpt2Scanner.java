package dev.remora.engine;

/**
 * GPT-2's regex, which the ByteLevel pre-tokenizer has built in:
 *
 * <pre>{@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}</pre>
 */
final class Gpt2Scanner extends RegexScanner {
  static final String REGEX =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  @Override
  int match(byte[] bytes, int from, int to) {
    int contraction = lowerContraction(bytes, from, to);
    if (contraction > from) {
      return contraction;
    }
    int at = bytes[from] == ' ' && from + 1 < to ? from + 1 : from;
    int category = category(bytes, at);
    int next = at + Utf8.lengthOf(bytes[at]);
    if (isLetter(category)) {
      return letters(bytes, next, to);
    }
    if (category == CharacterClasses.NUMBER) {
      return numbers(bytes, next, to, Integer.MAX_VALUE);
    }
    if (isOther(category)) {
      return others(bytes, next, to);
    }
    return spaces(bytes, from, to);
  }
}
