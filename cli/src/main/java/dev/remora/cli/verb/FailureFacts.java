package dev.remora.cli.verb;

import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.text.Printable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ParameterException;

/** What is told of a failure: one line for people, one object for programs. */
public final class FailureFacts {
  private FailureFacts() {}

  /** The failure on one line. */
  public static String line(Throwable failure) {
    return Printable.of(problem(failure));
  }

  /** The failure as {@code {"error":{"kind":…,"rule":…,"message":…}}}. */
  public static Map<String, Object> of(Throwable failure) {
    TokenizerException typed = failure instanceof TokenizerException known ? known : null;
    return of(
        typed == null ? "failure" : typed.kind().code(),
        typed == null ? "" : typed.rule().map(Rule::name).orElse(""),
        line(failure));
  }

  /** The same of something that was asked for wrongly. */
  public static Map<String, Object> ofUsage(String message) {
    return of("usage", "", message);
  }

  private static Map<String, Object> of(String kind, String rule, String message) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", kind);
    facts.put("rule", rule);
    facts.put("message", message);
    return Map.of("error", facts);
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
