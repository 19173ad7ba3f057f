package dev.remora.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * What the build asks the command itself for: {@code DistributionFiles DIR} writes its completion
 * script and its man page into the directory in which it was put together.
 */
final class DistributionFiles {
  private DistributionFiles() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    PrintWriter none = new PrintWriter(new StringWriter());
    CommandLine command = Remora.commandLine(none, none);
    write(
        folder.resolve("share/bash-completion/completions/remora"),
        AutoComplete.bash("remora", command));
    write(folder.resolve("share/man/man1/remora.1"), manPage(command));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** A page of man(7): the help of the command, and then that of each verb. */
  static String manPage(CommandLine command) {
    StringBuilder page = new StringBuilder();
    String version = command.getCommandSpec().version()[0].replaceFirst(" \\(.*", "");
    page.append(".TH REMORA 1 \"\" \"").append(roff(version)).append("\"\n");
    page.append(".SH NAME\nremora \\- the worker's own tokenizer, from a shell\n");
    section("SYNOPSIS", command, page);
    for (Map.Entry<String, CommandLine> verb : new TreeMap<>(command.getSubcommands()).entrySet()) {
      section("remora " + verb.getKey(), verb.getValue(), page);
    }
    return page.toString();
  }

  private static void section(String title, CommandLine command, StringBuilder page) {
    page.append(".SH \"").append(roff(title)).append("\"\n.nf\n");
    command
        .setUsageHelpWidth(78)
        .getUsageMessage(Ansi.OFF)
        .lines()
        .forEach(line -> page.append(roff(line)).append('\n'));
    page.append(".fi\n");
  }

  private static String roff(String line) {
    String escaped = line.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
