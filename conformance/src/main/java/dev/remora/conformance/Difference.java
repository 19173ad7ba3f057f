package dev.remora.conformance;

import org.jspecify.annotations.Nullable;

/** The first difference of two texts. */
final class Difference {
  private static final int SHOWN = 60;

  private Difference() {}

  /** Where they differ, and what stands there; null if they are equal. */
  static @Nullable String of(String expected, String actual) {
    if (expected.equals(actual)) {
      return null;
    }
    int at = 0;
    while (at < Math.min(expected.length(), actual.length())
        && expected.charAt(at) == actual.charAt(at)) {
      at++;
    }
    return "at " + at + " expected [" + part(expected, at) + "], got [" + part(actual, at) + "]";
  }

  private static String part(String text, int from) {
    return text.substring(from, Math.min(text.length(), from + SHOWN)).replace("\n", "\\n");
  }
}
