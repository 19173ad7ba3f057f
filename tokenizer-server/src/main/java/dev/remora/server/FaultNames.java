package dev.remora.server;

import io.grpc.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The faults by name, and their arguments. */
final class FaultNames {
  private static final Map<String, Argument> WITH_ARGUMENT = new LinkedHashMap<>();
  private static final Map<String, Fault> PLAIN = new LinkedHashMap<>();
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m)");

  private record Argument(String form, Function<String, Fault> parser) {}

  static {
    argument("stall-after", "N", text -> Fault.stallAfter(number(text)));
    argument("cut-after", "N[,STATUS]", FaultNames::cutAfter);
    argument("status", "STATUS", text -> Fault.status(code(text)));
    argument("trickle", "TIME", text -> Fault.trickle(time(text)));
    argument("flaky", "N[,FAULT]", FaultNames::flaky);
    Stream.of(
            Fault.neverAnswers(),
            Fault.noMessages(),
            Fault.endless(),
            Fault.noData(),
            Fault.truncated(),
            Fault.corrupted(),
            Fault.missingFile(),
            Fault.unknownCompression(),
            Fault.unknownFormat(),
            Fault.noMetadata(),
            Fault.lateMetadata(),
            Fault.repeatedMetadata(),
            Fault.emptyOneof(),
            Fault.wrongIndex(),
            Fault.noLast(),
            Fault.chunkAfterLast(),
            Fault.interleavedFiles(),
            Fault.unclosedFile(),
            Fault.wrongFingerprint(),
            Fault.missingFingerprint(),
            Fault.earlyFingerprint(),
            Fault.upperCaseFingerprint(),
            Fault.separateFingerprint(),
            Fault.repeatedFingerprint())
        .forEach(fault -> PLAIN.put(fault.toString(), fault));
  }

  private FaultNames() {}

  private static void argument(String name, String form, Function<String, Fault> parser) {
    WITH_ARGUMENT.put(name, new Argument(form, parser));
  }

  static List<String> usages() {
    return Stream.concat(
            WITH_ARGUMENT.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue().form()),
            PLAIN.keySet().stream())
        .toList();
  }

  static Fault parse(String text) {
    Fault plain = PLAIN.get(text);
    if (plain != null) {
      return plain;
    }
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    Argument argument = WITH_ARGUMENT.get(name);
    if (argument == null) {
      throw new IllegalArgumentException(
          PLAIN.containsKey(name) ? name + " takes no argument" : "no fault is named " + name);
    }
    if (colon < 0) {
      throw new IllegalArgumentException(
          name + " needs an argument: " + name + ":" + argument.form);
    }
    return argument.parser().apply(text.substring(colon + 1));
  }

  private static Fault cutAfter(String text) {
    int comma = text.indexOf(',');
    return comma < 0
        ? Fault.cutAfter(number(text))
        : Fault.cutAfter(number(text.substring(0, comma)), code(text.substring(comma + 1)));
  }

  private static Fault flaky(String text) {
    int comma = text.indexOf(',');
    return comma < 0
        ? Fault.flaky(number(text), Fault.status(Status.Code.UNAVAILABLE))
        : Fault.flaky(number(text.substring(0, comma)), parse(text.substring(comma + 1)));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no number: " + text, e);
    }
  }

  private static Status.Code code(String text) {
    try {
      return Status.Code.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no gRPC status: " + text, e);
    }
  }

  private static Duration time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no time such as 500ms, 15s or 2m: " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }
}
