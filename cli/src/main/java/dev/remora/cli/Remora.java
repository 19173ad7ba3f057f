package dev.remora.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself: its verbs, its version, and how it ends. */
@Command(
    name = "remora",
    mixinStandardHelpOptions = true,
    version = "remora 0.1.0",
    description = "The worker's own tokenizer, inside your JVM.",
    synopsisSubcommandLabel = "VERB",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:success", "1:a failure, told on stderr", "2:wrong usage"},
    subcommands = {
      DemoCommand.class,
      EncodeCommand.class,
      DecodeCommand.class,
      CountCommand.class,
      InspectCommand.class,
      ExportCommand.class,
      ChatCommand.class,
      ServeCommand.class,
      ConformanceCommand.class
    })
public final class Remora {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "On a failure, print the stack trace too.")
  private boolean verbose;

  private Remora() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = writer(FileDescriptor.out);
    int exitCode = commandLine(out, writer(FileDescriptor.err)).execute(arguments);
    out.flush();
    System.exit(exitCode);
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    Remora remora = new Remora();
    return new CommandLine(remora)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, verb, parsed) -> {
              out.flush();
              return Failures.report(failure, verb, remora.verbose);
            });
  }

  /** UTF-8 whatever the locale, buffered: a verb flushes where a reader may wait. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
