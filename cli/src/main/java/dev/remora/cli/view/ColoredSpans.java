package dev.remora.cli.view;

import dev.remora.Prompt;
import picocli.CommandLine.Help.Ansi;

/** A prompt whose parts that came from the request are coloured; without colours, its text. */
public final class ColoredSpans {
  private static final String OF_THE_REQUEST = "fg(black),bg(223)";
  private static final String TRUSTED = "fg(black),bg(151)";

  private ColoredSpans() {}

  public static String of(Prompt prompt, Ansi ansi) {
    if (!ansi.enabled()) {
      return prompt.text();
    }
    StringBuilder colored = new StringBuilder();
    for (Prompt.Span span : prompt.spans()) {
      String part = prompt.text().substring(span.start(), span.end());
      boolean own =
          span.origin() instanceof Prompt.Template || span.origin() instanceof Prompt.Words;
      colored.append(own ? part : paint(part, span.origin().trusted() ? TRUSTED : OF_THE_REQUEST));
    }
    return colored.toString();
  }

  private static String paint(String part, String style) {
    return Ansi.Style.on(Ansi.Style.parse(style)) + part + Ansi.Style.reset.on();
  }
}
