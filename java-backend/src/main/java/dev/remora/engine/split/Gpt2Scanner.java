package dev.remora.engine.split;

import static dev.remora.engine.text.CharacterClasses.categoryAt;
import static dev.remora.engine.text.CharacterClasses.isLetter;
import static dev.remora.engine.text.CharacterClasses.isOther;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.CharacterClasses;
import dev.remora.engine.text.Signs;

/**
 * The regex of GPT-2, {@link dev.remora.core.regex.KnownRegex#GPT2}: contractions in lower case,
 * then letters, numbers or other signs, each with the space before it. Thread-safe.
 */
final class Gpt2Scanner extends WindowScanner {
  @Override
  long starts(AsciiWindow window) {
    return window.startsOfRuns();
  }

  @Override
  boolean endsWhiteSpaceWithLine() {
    return false;
  }

  @Override
  int match(byte[] bytes, int from, int to) {
    int contraction = lowerContraction(bytes, from, to);
    if (contraction > from) {
      return contraction;
    }
    int at = bytes[from] == Signs.SPACE && from + 1 < to ? from + 1 : from;
    int category = categoryAt(bytes, at);
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
