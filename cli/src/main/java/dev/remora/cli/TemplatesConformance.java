package dev.remora.cli;

import com.google.gson.JsonParseException;
import dev.remora.chat.TemplateConformance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether chat templates render as the reference renders them. */
@Command(
    name = "templates",
    mixinStandardHelpOptions = true,
    description = "Render golden cases and compare with what the reference rendered.")
final class TemplatesConformance extends Verb {
  @Option(names = "--cases", required = true, paramLabel = "FILE", description = "The cases.")
  private Path cases;

  @Option(
      names = "--templates",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the templates.")
  private Path templates;

  @Override
  public Integer call() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      TemplateConformance.Result result =
          TemplateConformance.run(
              cases, templates, new PrintStream(printed, true, StandardCharsets.UTF_8));
      out().print(printed.toString(StandardCharsets.UTF_8));
      out().flush();
      return result.failed() == 0 ? 0 : 1;
    } catch (IOException | JsonParseException e) {
      throw new CommandFailure("the cases cannot be read: " + e.getMessage(), e);
    }
  }
}
