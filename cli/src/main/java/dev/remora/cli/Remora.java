package dev.remora.cli;

import dev.remora.cli.conformance.ConformanceCommand;
import dev.remora.cli.play.PlayCommand;
import dev.remora.cli.source.Environment;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.FailureFacts;
import dev.remora.cli.verb.StandardOutput;
import dev.remora.cli.view.TokensCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
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
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  REMORA_WORKER and REMORA_DIR name the source where the command line names none;",
      "  REMORA_TLS_CA stands for --tls-ca, and so all options of sources and connections",
      "  that take a value. Options win."
    })
public final class Remora {
  private static final Map<String, Class<?>> VERBS = new LinkedHashMap<>();

  static {
    VERBS.put("demo", DemoCommand.class);
    VERBS.put("encode", EncodeCommand.class);
    VERBS.put("decode", DecodeCommand.class);
    VERBS.put("count", CountCommand.class);
    VERBS.put("tokens", TokensCommand.class);
    VERBS.put("inspect", InspectCommand.class);
    VERBS.put("export", ExportCommand.class);
    VERBS.put("chat", ChatCommand.class);
    VERBS.put("play", PlayCommand.class);
    VERBS.put("blocks", BlocksCommand.class);
    VERBS.put("serve", ServeCommand.class);
    VERBS.put("drift", DriftCommand.class);
    VERBS.put("cache", CacheCommand.class);
    VERBS.put("conformance", ConformanceCommand.class);
  }

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
    System.exit(run(arguments, writer(out), err));
  }

  private static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    CommandLine command = commandLine(out, err, System.getenv(), arguments);
    try {
      return command.execute(SentArguments.asSent(arguments));
    } catch (CommandFailure e) {
      return Failures.wrongUsage(FailureFacts.line(e), command, arguments);
    }
  }

  /** The whole command. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return commandLine(out, err, Map.of(), VERBS);
  }

  /** What these arguments need: making a verb takes time, so it is one where they begin with it. */
  static CommandLine commandLine(
      PrintWriter out, PrintWriter err, Map<String, String> environment, String[] arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    Class<?> verb = VERBS.get(first);
    return commandLine(out, err, environment, verb == null ? VERBS : Map.of(first, verb));
  }

  private static CommandLine commandLine(
      PrintWriter out,
      PrintWriter err,
      Map<String, String> environment,
      Map<String, Class<?>> verbs) {
    Remora remora = new Remora();
    CommandLine command = new CommandLine(remora);
    for (Map.Entry<String, Class<?>> verb : verbs.entrySet()) {
      command.addSubcommand(verb.getKey(), verb.getValue());
    }
    Handlers handlers = remora.new Handlers();
    return command
        .setOut(out)
        .setErr(err)
        .setExpandAtFiles(false) // a text may begin with @
        .setDefaultValueProvider(new Environment(environment))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(handlers)
        .setParameterExceptionHandler(handlers)
        .setExecutionExceptionHandler(handlers);
  }

  /** What picocli calls. No lambdas: those would keep its old classes out of the JVM's archive. */
  private final class Handlers
      implements IExecutionStrategy, IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int execute(ParseResult parsed) {
      return run(parsed);
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
      return Failures.wrongUsage(failure, arguments);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine verb, ParseResult parsed) {
      return Failures.report(cause(failure), verb, verbose);
    }
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
