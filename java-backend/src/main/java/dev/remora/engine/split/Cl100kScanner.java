package dev.remora.engine.split;

import static dev.remora.engine.text.CharacterClasses.categoryAt;
import static dev.remora.engine.text.CharacterClasses.isLetter;
import static dev.remora.engine.text.CharacterClasses.isOther;
import static dev.remora.engine.text.Signs.isNewline;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.CharacterClasses;
import dev.remora.engine.text.Signs;

/**
 * The regexes of cl100k_base and Llama 3, {@link dev.remora.core.regex.KnownRegex#CL100K}, in which
 * up to three numbers are a pre-token, and of Qwen, {@link dev.remora.core.regex.KnownRegex#QWEN},
 * in which each is one. Thread-safe.
 */
final class Cl100kScanner extends WindowScanner {
  private final int maxNumbers;

  Cl100kScanner(int maxNumbers) {
    this.maxNumbers = maxNumbers;
  }

  @Override
  long starts(AsciiWindow window) {
    return window.startsOfWords(maxNumbers);
  }

  @Override
  int match(byte[] bytes, int from, int to) {
    int category = categoryAt(bytes, from);
    int next = from + Utf8.lengthOf(bytes[from]);
    if (isLetter(category)) {
      return letters(bytes, next, to);
    }
    if (category == CharacterClasses.NUMBER) {
      return numbers(bytes, next, to, maxNumbers - 1);
    }
    int contraction = contraction(bytes, from, to);
    if (contraction > from) {
      return contraction;
    }
    if (next < to && !isNewline(bytes[from])) {
      int following = categoryAt(bytes, next);
      if (isLetter(following)) {
        return letters(bytes, next + Utf8.lengthOf(bytes[next]), to);
      }
      if (bytes[from] == Signs.SPACE && isOther(following)) {
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
