package dev.remora.cli;

import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import dev.remora.cli.source.LongTexts;
import dev.remora.cli.source.Source;
import dev.remora.cli.text.AddedSpecialTokens;
import dev.remora.cli.text.TextInput;
import dev.remora.cli.text.Texts;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.cli.view.EncodingFacts;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Text to ids. */
@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    description = "Print the ids of each text, special tokens added.")
final class EncodeCommand extends Verb {
  @Mixin private Source source;

  @Mixin private AddedSpecialTokens specialTokens;

  @Option(
      names = "--jsonl",
      description = "Read one JSON string a line, write one {\"ids\":[…]} a line.")
  private boolean jsonLines;

  @Mixin private Texts texts;

  @Override
  public Integer call() {
    refuseBoth("TEXT and --file", texts.areGiven(), "--jsonl", jsonLines);
    EncodeOptions options = specialTokens.options();
    return source.use(
        this,
        tokenizer -> {
          if (jsonLines) {
            TextInput.standard().eachLine(line -> out().println(ids(tokenizer, line, options)));
          } else if (json()) {
            texts.forEach(
                this,
                text ->
                    out().println(Json.write(EncodingFacts.of(tokenizer.encode(text, options)))));
          } else {
            LongTexts encoder = new LongTexts(tokenizer, specialTokens.areAdded());
            texts.sources(this).forEach(text -> print(encoder, text));
          }
          out().flush();
          return 0;
        });
  }

  private static String ids(Tokenizer tokenizer, String line, EncodeOptions options) {
    int[] ids = tokenizer.encode(Json.readString(line), options).ids();
    return Json.write(Map.of("ids", ids));
  }

  private void print(LongTexts encoder, Texts.Text text) {
    boolean[] isFirst = {true};
    encoder.encode(
        text,
        id -> {
          if (!isFirst[0]) {
            out().print(' ');
          }
          out().print(id);
          isFirst[0] = false;
        });
    out().println();
  }
}
