package dev.remora.djl;

/**
 * Unpaired surrogates. The native library reads a string that holds one as if it held no
 * supplementary character and no NUL either, so none may reach it.
 */
final class Surrogates {
  private static final char REPLACEMENT = '\uFFFD';

  private Surrogates() {}

  /** The text with each unpaired surrogate replaced by U+FFFD; the same object if it has none. */
  static String repaired(String text) {
    int at = firstUnpaired(text, 0);
    if (at < 0) {
      return text;
    }
    char[] chars = text.toCharArray();
    for (; at >= 0; at = firstUnpaired(text, at + 1)) {
      chars[at] = REPLACEMENT;
    }
    return new String(chars);
  }

  private static int firstUnpaired(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (!Character.isSurrogate(text.charAt(at))) {
        at++;
      } else if (Character.isSupplementaryCodePoint(text.codePointAt(at))) {
        at += 2;
      } else {
        return at;
      }
    }
    return -1;
  }
}
