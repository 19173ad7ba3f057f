package dev.remora.conformance;

import java.util.Locale;

/** A text in the ASCII of a report, where what looks alike must not look equal. */
public final class ShownText {
  private ShownText() {}

  /** The first UTF-16 units of a text, at most so many, each that is not ASCII as its number. */
  public static String of(String text, int most) {
    StringBuilder shown = new StringBuilder();
    text.chars()
        .limit(most)
        .forEach(
            unit ->
                shown.append(
                    unit >= ' ' && unit < 0x7F
                        ? String.valueOf((char) unit)
                        : String.format(Locale.ROOT, "\\u%04X", unit)));
    return shown + (text.length() > most ? "…" : "");
  }
}
