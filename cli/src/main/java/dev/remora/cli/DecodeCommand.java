package dev.remora.cli;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.Tokenizer;
import dev.remora.cli.source.Source;
import dev.remora.cli.text.IdReader;
import dev.remora.cli.text.TextInput;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
  private static final int MOST_AT_ONCE = 1 << 20; // a power of two

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
      description = {
        "The ids of one text, such as 1 2 3, 1,2,3 or \"[1, 2, 3]\" (default: standard input, a line",
        "for each text, as encode prints them)."
      })
  private List<String> ids = List.of();

  @Override
  public Integer call() {
    refuseBoth("ID", !ids.isEmpty(), "--jsonl", jsonLines);
    DecodeOptions options = DecodeOptions.builder().skipSpecialTokens(skipSpecialTokens).build();
    int[] given = given();
    return source.use(
        this,
        tokenizer -> {
          if (!ids.isEmpty()) {
            print(tokenizer.decode(given, options));
          } else if (jsonLines) {
            eachLine(tokenizer, options, Json::readIds, text -> out().println(Json.write(text)));
          } else if (json()) {
            eachLine(tokenizer, options, DecodeCommand::readIds, this::print);
          } else {
            TextInput.standard().eachIdLine(new Printer(tokenizer, options));
          }
          out().flush();
          return 0;
        });
  }

  private int[] given() {
    try {
      return readIds(String.join(" ", ids));
    } catch (CommandFailure e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
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
    IntStream.Builder read = IntStream.builder();
    IdReader reader = new IdReader();
    line.codePoints().forEach(character -> reader.read(character, read::add));
    reader.end(read::add);
    return read.build().toArray();
  }

  /** Decodes each line at its end, but a very long one while its ids are read. */
  private final class Printer implements TextInput.IdLines {
    private final Tokenizer tokenizer;
    private final DecodeOptions options;
    private int[] ids = new int[256];
    private int count;
    private @Nullable DecodeStream stream;

    Printer(Tokenizer tokenizer, DecodeOptions options) {
      this.tokenizer = tokenizer;
      this.options = options;
    }

    @Override
    public void id(int id) {
      if (stream != null) {
        out().print(stream.push(id));
        return;
      }
      if (count == MOST_AT_ONCE) {
        stream = tokenizer.decodeStream(options);
        out().print(stream.push(ids));
        out().print(stream.push(id));
        return;
      }
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, 2 * count);
      }
      ids[count++] = id;
    }

    @Override
    public void end() {
      if (stream == null) {
        out().println(tokenizer.decode(Arrays.copyOf(ids, count), options));
      } else {
        out().println(stream.finish());
      }
      stream = null;
      count = 0;
    }
  }

  private void print(String text) {
    out().println(json() ? Json.write(Map.of("text", text)) : text);
  }
}
