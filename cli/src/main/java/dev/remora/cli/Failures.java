package dev.remora.cli;

import dev.remora.Rule;
import dev.remora.TokenizerException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** Tells of a failure: one line on stderr and, with {@code --json}, one object on stdout. */
final class Failures {
  private Failures() {}

  static int report(Exception failure, CommandLine verb, boolean verbose) {
    PrintWriter err = verb.getErr();
    err.println(verb.getColorScheme().errorText("remora: " + line(failure)));
    if (verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    if (verb.getCommand() instanceof Verb command && command.json()) {
      verb.getOut().println(Json.write(Map.of("error", facts(failure))));
      verb.getOut().flush();
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static Map<String, Object> facts(Exception failure) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put(
        "kind", failure instanceof TokenizerException known ? known.kind().code() : "failure");
    facts.put(
        "rule",
        failure instanceof TokenizerException known ? known.rule().map(Rule::name).orElse("") : "");
    facts.put("message", line(failure));
    return facts;
  }

  private static String line(Exception failure) {
    boolean told = failure instanceof TokenizerException || failure instanceof CommandFailure;
    String message = told ? String.valueOf(failure.getMessage()) : failure.toString();
    return message.replaceAll("\\R", " ");
  }
}
