package dev.remora.cli;

import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.text.Printable;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
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
      tell(line(failure), verb);
      if (verbose) {
        failure.printStackTrace(verb.getErr());
        verb.getErr().flush();
      }
      if (verb.getCommand() instanceof Verb command && command.json()) {
        print(facts(failure), verb);
      }
      return CommandLine.ExitCode.SOFTWARE;
    } catch (StandardOutput.Failure e) { // at most once: a stream that failed takes all that comes
      return report(e, verb, verbose);
    }
  }

  /** Tells of wrong usage, and shows the right one. Gives the exit code. */
  static int wrongUsage(ParameterException failure, String[] arguments) {
    CommandLine verb = failure.getCommandLine();
    int exitCode = wrongUsage(failure, verb, arguments);
    if (!UnmatchedArgumentException.printSuggestions(failure, verb.getErr())) {
      verb.usage(verb.getErr());
    }
    verb.getErr().flush();
    return exitCode;
  }

  /** Tells of wrong usage. Gives the exit code. */
  static int wrongUsage(RuntimeException failure, CommandLine verb, String[] arguments) {
    tell(line(failure), verb);
    boolean json =
        Arrays.stream(arguments)
            .takeWhile(argument -> !argument.equals("--"))
            .anyMatch("--json"::equals);
    try {
      if (json) {
        print(facts("usage", "", line(failure)), verb);
      }
      return CommandLine.ExitCode.USAGE;
    } catch (StandardOutput.Failure e) {
      return report(e, verb, false);
    }
  }

  /** Tells what a user may not have meant. */
  static void note(Verb verb, String note) {
    verb.err().println("remora: note: " + Printable.of(note));
    verb.err().flush();
  }

  /** Tells of a failure beside the command's own work, such as on a thread of gRPC. */
  static void tell(Throwable failure, PrintWriter err) {
    err.println("remora: " + line(failure));
    err.flush();
  }

  private static void tell(String line, CommandLine verb) {
    PrintWriter err = verb.getErr();
    err.println(verb.getColorScheme().errorText("remora: " + line));
    err.flush();
  }

  private static void print(Map<String, Object> facts, CommandLine verb) {
    verb.getOut().println(Json.write(Map.of("error", facts)));
    verb.getOut().flush();
  }

  private static Map<String, Object> facts(Throwable failure) {
    TokenizerException typed = failure instanceof TokenizerException known ? known : null;
    return facts(
        typed == null ? "failure" : typed.kind().code(),
        typed == null ? "" : typed.rule().map(Rule::name).orElse(""),
        line(failure));
  }

  private static Map<String, Object> facts(String kind, String rule, String message) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", kind);
    facts.put("rule", rule);
    facts.put("message", message);
    return facts;
  }

  private static String line(Throwable failure) {
    return Printable.of(problem(failure));
  }

  private static String problem(Throwable failure) {
    boolean told =
        failure instanceof TokenizerException
            || failure instanceof CommandFailure
            || failure instanceof StandardOutput.Failure
            || failure instanceof ParameterException;
    if (told) {
      return String.valueOf(failure.getMessage());
    }
    if (failure instanceof OutOfMemoryError) {
      return String.format(
          Locale.ROOT,
          "not enough memory (%s); JAVA_TOOL_OPTIONS=-Xmx4g gives more",
          failure.getMessage());
    }
    return failure.toString();
  }
}
