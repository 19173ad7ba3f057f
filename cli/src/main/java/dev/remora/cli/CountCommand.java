package dev.remora.cli;

import dev.remora.cli.source.LongTexts;
import dev.remora.cli.source.Source;
import dev.remora.cli.text.AddedSpecialTokens;
import dev.remora.cli.text.Texts;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Text to the number of its ids. */
@Command(
    name = "count",
    mixinStandardHelpOptions = true,
    description = {
      "Print how many ids each text has, special tokens added. Arguments that name files are read, as"
          + " wc reads them: a line for each with its name, and a total if there are several."
    })
final class CountCommand extends Verb {
  @Mixin private Source source;

  @Mixin private AddedSpecialTokens specialTokens;

  @Option(names = "--text", description = "Take arguments as texts, also if they name files.")
  private boolean areTexts;

  @Mixin private Texts texts;

  @Override
  public Integer call() {
    return source.use(
        this,
        tokenizer -> {
          LongTexts counter = new LongTexts(tokenizer, specialTokens.areAdded());
          List<Texts.Text> sources = areTexts ? texts.sources(this) : texts.textsOrFiles(this);
          long total = 0;
          int files = 0;
          for (Texts.Text text : sources) {
            long count = counter.count(text);
            total += count;
            files += text.file().isPresent() ? 1 : 0;
            print(count, text.file().orElse(""));
          }
          if (files > 1) {
            printTotal(total);
          }
          out().flush();
          return 0;
        });
  }

  private void print(long count, String file) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("count", count);
    if (!file.isEmpty()) {
      facts.put("file", file);
    }
    out().println(json() ? Json.write(facts) : named(count, Printable.of(file)));
  }

  private void printTotal(long total) {
    out().println(json() ? Json.write(Map.of("total", total)) : named(total, "total"));
  }

  private static String named(long count, String name) {
    return name.isEmpty() ? Long.toString(count) : count + " " + name;
  }
}
