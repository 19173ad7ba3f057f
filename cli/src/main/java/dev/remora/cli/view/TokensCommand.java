package dev.remora.cli.view;

import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.Tokenizer;
import dev.remora.cli.source.Source;
import dev.remora.cli.text.AddedSpecialTokens;
import dev.remora.cli.text.Texts;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Text to what its tokens look like. */
@Command(
    name = "tokens",
    mixinStandardHelpOptions = true,
    description = {
      "Show the tokens of each text, special tokens added: in colours on a terminal, else a line"
          + " each with id, place (UTF-16 indices), token and text, between tabs."
    })
public final class TokensCommand extends Verb {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  @Mixin private Source source;

  @Mixin private AddedSpecialTokens specialTokens;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write one page for browsers, - to standard output; an existing file is kept.")
  private @Nullable Path page;

  @Mixin private Texts texts;

  @Override
  public Integer call() {
    refuseBoth("--html", page != null, "--json", json());
    EncodeOptions options = specialTokens.options();
    return source.use(
        this,
        tokenizer -> {
          if (page == null) {
            texts.forEach(this, text -> print(text, tokenizer.encode(text, options)));
          } else {
            write(page, page(tokenizer, options));
          }
          out().flush();
          return 0;
        });
  }

  private String page(Tokenizer tokenizer, EncodeOptions options) {
    List<Map<String, Object>> encodings = new ArrayList<>();
    texts.forEach(
        this, text -> encodings.add(EncodingFacts.of(text, tokenizer.encode(text, options))));
    return TokensPage.of(tokenizer, encodings);
  }

  private void write(Path file, String text) {
    if (file.equals(STANDARD_OUTPUT)) {
      out().print(text);
      return;
    }
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw CommandFailure.of(file.toString(), e);
    }
  }

  private void print(String text, Encoding encoding) {
    Ansi ansi = spec().commandLine().getColorScheme().ansi();
    if (json()) {
      out().println(Json.write(EncodingFacts.of(text, encoding)));
    } else if (ansi.enabled()) {
      out().println(ColoredTokens.of(text, encoding, ansi));
      out().println(ansi.string("@|faint " + encoding.size() + " tokens|@"));
    } else {
      printRows(text, encoding);
    }
  }

  private void printRows(String text, Encoding encoding) {
    int[] ids = encoding.ids();
    for (int index = 0; index < ids.length; index++) {
      int start = encoding.start(index);
      int end = encoding.end(index);
      out()
          .println(
              String.join(
                  "\t",
                  Integer.toString(ids[index]),
                  start + "-" + end,
                  Printable.of(encoding.tokens().get(index)),
                  Printable.of(text.substring(start, end))));
    }
  }
}
