package dev.remora.cli;

import dev.remora.EncodeOptions;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Text to the number of its ids. */
@Command(
    name = "count",
    mixinStandardHelpOptions = true,
    description = "Print how many ids each text has, special tokens added.")
final class CountCommand extends Verb {
  @Mixin private Source source;

  @Option(names = "--no-special-tokens", description = "Add no special tokens.")
  private boolean noSpecialTokens;

  @Mixin private Texts texts;

  @Override
  public Integer call() {
    EncodeOptions options =
        noSpecialTokens ? EncodeOptions.NO_SPECIAL_TOKENS : EncodeOptions.DEFAULT;
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
