package dev.remora.cli;

import dev.remora.Encoding;
import picocli.CommandLine.Help.Ansi;

/** A text with its tokens in alternating colours; without colours, bars stand between them. */
final class ColoredTokens {
  private static final String[] STYLES = {"fg(black),bg(151)", "fg(black),bg(153)"};

  private ColoredTokens() {}

  static String of(String text, Encoding encoding, Ansi ansi) {
    StringBuilder colored = new StringBuilder();
    int done = 0;
    int style = 0;
    for (int token = 0; token < encoding.size(); token++) {
      int end = encoding.end(token);
      if (end <= done) {
        continue; // it shares its character with the token before, or has none
      }
      colored.append(paint(text.substring(done, end), style++ % STYLES.length, ansi));
      done = end;
    }
    return colored.append(text, done, text.length()).toString();
  }

  private static String paint(String piece, int style, Ansi ansi) {
    if (!ansi.enabled()) {
      return piece + "|";
    }
    return Ansi.Style.on(Ansi.Style.parse(STYLES[style])) + piece + Ansi.Style.reset.on();
  }
}
