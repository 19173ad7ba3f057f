package dev.remora.cli.view;

import dev.remora.Encoding;
import dev.remora.text.Printable;
import picocli.CommandLine.Help.Ansi;

/** A text with its tokens in colours by their ids; without colours, bars stand between them. */
public final class ColoredTokens {
  /** Light backgrounds of the 256 colours of terminals, as a power of two. */
  private static final int[] BACKGROUNDS = {151, 153, 223, 183, 229, 159, 217, 189};

  private ColoredTokens() {}

  /** The text, painted. */
  public static String of(String text, Encoding encoding, Ansi ansi) {
    StringBuilder colored = new StringBuilder();
    int done = 0;
    int last = -1;
    int[] ids = encoding.ids();
    for (int token = 0; token < ids.length; token++) {
      int start = Math.max(done, encoding.start(token));
      int end = encoding.end(token);
      if (end <= start) {
        continue; // it shares its character with the token before, or has none
      }
      int color = color(ids[token], last);
      colored.append(printable(text.substring(done, start)));
      colored.append(paint(printable(text.substring(start, end)), color, ansi));
      done = end;
      last = color;
    }
    return colored.append(printable(text.substring(done))).toString();
  }

  /** Neighbours differ, whatever their ids. */
  private static int color(int id, int last) {
    int color = (id * 0x9E3779B1) >>> 29;
    return color == last ? (color + 1) % BACKGROUNDS.length : color;
  }

  /** Line ends are seen and kept; whatever else a terminal would obey is escaped. */
  private static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      printable.append(Printable.of(text.substring(from, end))).append("↵\n");
      from = end + 1;
    }
    return printable.append(Printable.of(text.substring(from))).toString();
  }

  private static String paint(String piece, int color, Ansi ansi) {
    if (!ansi.enabled()) {
      return piece + "|";
    }
    Ansi.IStyle[] styles = Ansi.Style.parse("fg(black),bg(" + BACKGROUNDS[color] + ")");
    // A background that goes on behind a line end would fill the line.
    return piece
        .lines()
        .map(line -> Ansi.Style.on(styles) + line + Ansi.Style.reset.on())
        .reduce((above, below) -> above + "\n" + below)
        .map(painted -> piece.endsWith("\n") ? painted + "\n" : painted)
        .orElse("");
  }
}
