package dev.remora.cli;

import dev.remora.DecodeOptions;
import dev.remora.Tokenizer;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ids to text. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description = "Print the text of the ids, special tokens kept.")
final class DecodeCommand extends Verb {
  @Mixin private Source source;

  @Option(names = "--skip-special-tokens", description = "Leave special tokens out.")
  private boolean skipSpecialTokens;

  @Option(
      names = "--jsonl",
      description = "Read one JSON array of ids a line, write one JSON string a line.")
  private boolean jsonLines;

  @Parameters(paramLabel = "ID", split = ",", description = "The ids.")
  private List<Integer> ids = List.of();

  @Override
  public Integer call() {
    Inputs.refuseBoth(this, "ID", !ids.isEmpty(), "--jsonl", jsonLines);
    return source.use(
        this,
        tokenizer -> {
          if (jsonLines) {
            Inputs.eachLine(
                line -> out().println(Json.write(decode(tokenizer, Json.readIds(line)))));
          } else {
            print(decode(tokenizer, ids.stream().mapToInt(Integer::intValue).toArray()));
          }
          out().flush();
          return 0;
        });
  }

  private String decode(Tokenizer tokenizer, int[] wanted) {
    return tokenizer.decode(
        wanted, DecodeOptions.builder().skipSpecialTokens(skipSpecialTokens).build());
  }

  private void print(String text) {
    out().println(json() ? Json.write(Map.of("text", text)) : text);
  }
}
