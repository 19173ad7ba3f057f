package dev.remora.chat;

import dev.remora.Prompt;
import dev.remora.jinja.JinjaText;

/** What a template printed, as a prompt. */
final class PrintedRuns {
  private PrintedRuns() {}

  /** The prompt of the text up to an end. */
  static Prompt prompt(JinjaText printed, int end, CompiledTemplate template) {
    Prompt.Builder prompt = Prompt.builder();
    int from = 0;
    for (JinjaText.Run run : printed.runs()) {
      int to = Math.min(run.end(), end);
      if (from < to) {
        String text = printed.text().substring(from, to);
        prompt.append(text, origin(run, text, template), run.generated());
      }
      from = to;
    }
    return prompt.build();
  }

  private static Prompt.Origin origin(JinjaText.Run run, String text, CompiledTemplate template) {
    String path = run.path();
    if (path == null) {
      return new Prompt.Template();
    }
    if (!(run.given() instanceof GeneratedText generated)) {
      return new Prompt.Request(path, run.trusted());
    }
    if (!generated.toString().equals(text)) {
      throw template.failure("the template changes " + path + ", which was given as ids");
    }
    return generated.verbatim(path);
  }
}
