package dev.remora.cli;

import dev.remora.cli.verb.FailureFacts;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.StandardOutput;
import dev.remora.cli.verb.Verb;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells of a failure: one line on stderr and, with {@code --json}, one object on stdout. */
final class Failures {
  private Failures() {}

  /** Tells of a failure, after what was printed before it. Gives the exit code. */
  static int report(Throwable failure, CommandLine verb, boolean verbose) {
    try {
      verb.getOut().flush();
      if (failure instanceof StandardOutput.Failure output && output.readerIsGone()) {
        return StandardOutput.Failure.READER_IS_GONE;
      }
      tell(FailureFacts.line(failure), verb);
      if (verbose) {
        failure.printStackTrace(verb.getErr());
        verb.getErr().flush();
      }
      if (verb.getCommand() instanceof Verb command && command.json()) {
        print(FailureFacts.of(failure), verb);
      }
      return CommandLine.ExitCode.SOFTWARE;
    } catch (StandardOutput.Failure e) { // at most once: a stream that failed takes all that comes
      return report(e, verb, verbose);
    }
  }

  /** Tells of wrong usage, and where the right one stands. Gives the exit code. */
  static int wrongUsage(ParameterException failure, String[] arguments) {
    CommandLine verb = failure.getCommandLine();
    String more = "; " + verb.getCommandSpec().qualifiedName() + " --help tells more";
    return wrongUsage(FailureFacts.line(failure) + suggestions(failure) + more, verb, arguments);
  }

  private static String suggestions(ParameterException failure) {
    List<String> alike =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return alike.isEmpty() ? "" : "; did you mean " + String.join(" or ", alike) + "?";
  }

  /** Tells of wrong usage. Gives the exit code. */
  static int wrongUsage(String line, CommandLine verb, String[] arguments) {
    tell(line, verb);
    boolean json =
        Arrays.stream(arguments)
            .takeWhile(argument -> !argument.equals("--"))
            .anyMatch("--json"::equals);
    try {
      if (json) {
        print(FailureFacts.ofUsage(line), verb);
      }
      return CommandLine.ExitCode.USAGE;
    } catch (StandardOutput.Failure e) {
      return report(e, verb, false);
    }
  }

  /** Tells of a failure beside the command's own work, such as on a thread of gRPC. */
  static void tell(Throwable failure, PrintWriter err) {
    err.println("remora: " + FailureFacts.line(failure));
    err.flush();
  }

  private static void tell(String line, CommandLine verb) {
    PrintWriter err = verb.getErr();
    err.println(verb.getColorScheme().errorText("remora: " + line));
    err.flush();
  }

  private static void print(Map<String, Object> facts, CommandLine verb) {
    verb.getOut().println(Json.write(facts));
    verb.getOut().flush();
  }
}
