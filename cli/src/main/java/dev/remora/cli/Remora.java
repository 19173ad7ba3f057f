package dev.remora.cli;

import dev.remora.cli.conformance.ConformanceCommand;
import dev.remora.cli.play.PlayCommand;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.StandardOutput;
import dev.remora.cli.view.TokensCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command itself: its verbs, its version, and how it ends. */
@Command(
    name = "remora",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    description = "The worker's own tokenizer, inside your JVM.",
    synopsisSubcommandLabel = "VERB",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:a failure, told on stderr",
      "2:wrong usage",
      "141:the reader of the output is gone"
    },
    subcommands = {
      DemoCommand.class,
      EncodeCommand.class,
      DecodeCommand.class,
      CountCommand.class,
      TokensCommand.class,
      InspectCommand.class,
      ExportCommand.class,
      ChatCommand.class,
      PlayCommand.class,
      BlocksCommand.class,
      ServeCommand.class,
      DriftCommand.class,
      CacheCommand.class,
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
    PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> Failures.tell(failure, err)); // the command itself goes on
    OutputStream out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    System.exit(run(commandLine(writer(out), err), arguments));
  }

  private static int run(CommandLine command, String[] arguments) {
    try {
      return command.execute(SentArguments.asSent(arguments));
    } catch (CommandFailure e) {
      return Failures.wrongUsage(e, command, arguments);
    }
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    Remora remora = new Remora();
    return new CommandLine(remora)
        .setOut(out)
        .setErr(err)
        .setExpandAtFiles(false) // a text may begin with @
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(remora::run)
        .setParameterExceptionHandler(Failures::wrongUsage)
        .setExecutionExceptionHandler(
            (failure, verb, parsed) -> Failures.report(cause(failure), verb, remora.verbose));
  }

  /**
   * Runs the verb and writes all that it printed; what ends it is an {@link ExecutionException}.
   */
  private int run(ParseResult parsed) {
    if (!verbose) {
      LogManager.getLogManager().reset(); // gRPC logs failures that we tell, with stack traces
    }
    CommandLine verb = parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
    try {
      int exitCode = new CommandLine.RunLast().execute(parsed);
      verb.getOut().flush();
      return exitCode;
    } catch (ParameterException | ExecutionException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw new ExecutionException(verb, String.valueOf(e.getMessage()), e);
    }
  }

  /** What picocli wrapped, where it is an {@link Error}. */
  private static Throwable cause(Exception failure) {
    return failure instanceof ExecutionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** UTF-8 whatever the locale, buffered: a verb flushes where a reader may wait. */
  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(stream, false, StandardCharsets.UTF_8);
  }
}
