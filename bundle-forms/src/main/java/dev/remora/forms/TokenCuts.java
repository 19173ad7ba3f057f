package dev.remora.forms;

import dev.remora.core.text.Utf8;
import dev.remora.core.vocabulary.Vocabulary;

/** The ways to cut a token into two tokens: the merges that a form does not name but stands for. */
final class TokenCuts {
  private TokenCuts() {}

  /** Receives the ids of the two tokens, and where the second begins. */
  @FunctionalInterface
  interface Visitor {
    void cut(int left, int right, int at);
  }

  /**
   * Calls the visitor with each way to cut, the shortest left token first.
   *
   * @param inCharacters whether a cut may be within a character
   */
  static void each(
      Vocabulary tokens, byte[] utf8, int from, int to, boolean inCharacters, Visitor visitor) {
    for (int at = from + 1; at < to; at++) {
      if (inCharacters || !Utf8.isContinuation(utf8[at])) {
        int left = tokens.modelIdOf(utf8, from, at);
        int right = left < 0 ? -1 : tokens.modelIdOf(utf8, at, to);
        if (right >= 0) {
          visitor.cut(left, right, at);
        }
      }
    }
  }
}
