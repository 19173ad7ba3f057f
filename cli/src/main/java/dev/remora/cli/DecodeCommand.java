package dev.remora.cli;

import dev.remora.DecodeOptions;
import dev.remora.Tokenizer;
import dev.remora.cli.source.Source;
import dev.remora.cli.text.TextInput;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
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
  private static final Pattern BETWEEN_IDS = Pattern.compile("[ ,]+");

  @Mixin private Source source;

  @Option(names = "--skip-special-tokens", description = "Leave special tokens out.")
  private boolean skipSpecialTokens;

  @Option(
      names = "--jsonl",
      description = {
        "Read a JSON array of ids a line, or what encode --json and --jsonl print;",
        "write one JSON string a line."
      })
  private boolean jsonLines;

  @Parameters(
      paramLabel = "ID",
      split = ",",
      description = {
        "The ids of one text (default: standard input, a line for each text,",
        "as encode prints them)."
      })
  private List<Integer> ids = List.of();

  @Override
  public Integer call() {
    refuseBoth("ID", !ids.isEmpty(), "--jsonl", jsonLines);
    DecodeOptions options = DecodeOptions.builder().skipSpecialTokens(skipSpecialTokens).build();
    return source.use(
        this,
        tokenizer -> {
          if (!ids.isEmpty()) {
            print(tokenizer.decode(ids.stream().mapToInt(Integer::intValue).toArray(), options));
          } else if (jsonLines) {
            eachLine(tokenizer, options, Json::readIds, text -> out().println(Json.write(text)));
          } else {
            eachLine(tokenizer, options, DecodeCommand::readIds, this::print);
          }
          out().flush();
          return 0;
        });
  }

  private static void eachLine(
      Tokenizer tokenizer,
      DecodeOptions options,
      Function<String, int[]> read,
      Consumer<String> print) {
    TextInput.standard()
        .eachLine(line -> print.accept(tokenizer.decode(read.apply(line), options)));
  }

  private static int[] readIds(String line) {
    return BETWEEN_IDS
        .splitAsStream(line)
        .filter(id -> !id.isEmpty())
        .mapToInt(DecodeCommand::readId)
        .toArray();
  }

  private static int readId(String id) {
    try {
      return Integer.parseInt(id);
    } catch (NumberFormatException e) {
      throw new CommandFailure("'" + id + "' is not an id", e);
    }
  }

  private void print(String text) {
    out().println(json() ? Json.write(Map.of("text", text)) : text);
  }
}
