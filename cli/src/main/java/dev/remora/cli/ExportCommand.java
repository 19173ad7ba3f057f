package dev.remora.cli;

import dev.remora.cli.source.Source;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.core.json.TokenizerJsonWriter;
import dev.remora.forms.BundleForms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Any form of bundle as one tokenizer.json. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Write the assembled tokenizer.json of a bundle, truncation and padding off.")
final class ExportCommand extends Verb {
  @Mixin private Source source;

  @Parameters(paramLabel = "FILE", description = "Where to write it; an existing file is kept.")
  private Path target = Path.of("tokenizer.json");

  @Override
  public Integer call() {
    byte[] written = TokenizerJsonWriter.write(BundleForms.define(source.bundle(this)));
    try {
      Files.write(target, written, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw CommandFailure.of(target.toString(), e);
    }
    int length = written.length;
    if (json()) {
      out().println(Json.write(Map.of("file", target.toString(), "length", length)));
    } else {
      out().printf(Locale.ROOT, "%s, %,d bytes%n", target, length);
    }
    out().flush();
    return 0;
  }
}
