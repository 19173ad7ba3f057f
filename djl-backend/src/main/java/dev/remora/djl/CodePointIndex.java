package dev.remora.djl;

import org.jspecify.annotations.Nullable;

/** Turns indices of code points into UTF-16 indices of one text. */
final class CodePointIndex {
  private final int length;
  private final int @Nullable [] starts; // of each code point and the end; null where all are equal

  private CodePointIndex(int length, int @Nullable [] starts) {
    this.length = length;
    this.starts = starts;
  }

  static CodePointIndex of(String text) {
    int count = text.codePointCount(0, text.length());
    if (count == text.length()) {
      return new CodePointIndex(count, null);
    }
    int[] starts = new int[count + 1];
    int at = 0;
    for (int codePoint = 0; codePoint < count; codePoint++) {
      starts[codePoint] = at;
      at += Character.charCount(text.codePointAt(at));
    }
    starts[count] = at;
    return new CodePointIndex(count, starts);
  }

  /** The UTF-16 index of a code point; the text's end for any number beyond it. */
  int toUtf16(int codePoint) {
    int within = Math.min(codePoint, length);
    return starts == null ? within : starts[within];
  }
}
