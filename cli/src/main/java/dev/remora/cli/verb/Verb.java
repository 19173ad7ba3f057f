package dev.remora.cli.verb;

import dev.remora.conformance.ConformanceResult;
import dev.remora.text.Printable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every verb has: where it prints, and {@code --json}. */
public abstract class Verb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print JSON, also of a failure.")
  private boolean json;

  public final boolean json() {
    return json;
  }

  public final CommandSpec spec() {
    return spec;
  }

  public final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  public final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  public final ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  public final void refuseBoth(String one, boolean oneGiven, String other, boolean otherGiven) {
    if (oneGiven && otherGiven) {
      throw wrongUsage(one + " and " + other + " exclude each other");
    }
  }

  /** Tells what a user may not have meant. */
  public final void note(String note) {
    err().println("remora: note: " + Printable.of(note));
    err().flush();
  }

  /** Prints the result of a comparison last; gives the exit code: 1 if any case failed. */
  public final int finish(ConformanceResult result) {
    out().println(result);
    out().flush();
    return result.failed() == 0 && result.passed() > 0 ? 0 : 1;
  }
}
