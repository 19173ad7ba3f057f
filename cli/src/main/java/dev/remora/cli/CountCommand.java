package dev.remora.cli;

import dev.remora.EncodeOptions;
import dev.remora.cli.source.Source;
import dev.remora.cli.text.AddedSpecialTokens;
import dev.remora.cli.text.Texts;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Text to the number of its ids. */
@Command(
    name = "count",
    mixinStandardHelpOptions = true,
    description = "Print how many ids each text has, special tokens added.")
final class CountCommand extends Verb {
  @Mixin private Source source;

  @Mixin private AddedSpecialTokens specialTokens;

  @Mixin private Texts texts;

  @Override
  public Integer call() {
    EncodeOptions options = specialTokens.options();
    return source.use(
        this,
        tokenizer -> {
          texts.forEach(
              this,
              text -> {
                int count = tokenizer.count(text, options);
                out().println(json() ? Json.write(Map.of("count", count)) : count);
              });
          out().flush();
          return 0;
        });
  }
}
