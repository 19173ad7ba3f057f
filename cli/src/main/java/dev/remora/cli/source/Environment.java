package dev.remora.cli.source;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the environment says of where tokenizers come from: every option of this package that takes
 * a value, and {@code --tls}, may stand there, {@code --tls-ca} as {@code REMORA_TLS_CA}. Options
 * on the command line win, and where it names a source, no source of the environment counts.
 */
public final class Environment implements IDefaultValueProvider {
  private static final Pattern SPACES = Pattern.compile(" +");
  private static final List<String> SOURCES = List.of("--worker", "--dir");
  private static final List<String> SWITCHES = List.of("--tls");

  private final Map<String, String> variables;

  /** What these variables say. */
  public Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (argument instanceof OptionSpec option
        && option.userObject() instanceof Field field
        && field.getDeclaringClass().getPackage().equals(Environment.class.getPackage())
        && !SOURCES.contains(option.longestName())
        && (!option.typeInfo().isBoolean() || SWITCHES.contains(option.longestName()))) {
      String value = variables.get(variable(option.longestName()));
      return value == null || value.isEmpty() ? null : value;
    }
    return null;
  }

  private static String variable(String option) {
    return "REMORA_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** The workers, with spaces between; none if the command line names a source. */
  List<String> workers(ParseResult given) {
    return source("--worker", given).map(value -> List.of(SPACES.split(value))).orElse(List.of());
  }

  /** The directory; none if the command line names a source. */
  Optional<Path> directory(ParseResult given) {
    return source("--dir", given).map(Path::of);
  }

  private Optional<String> source(String option, ParseResult given) {
    return SOURCES.stream().anyMatch(given::hasMatchedOption)
        ? Optional.empty()
        : Optional.ofNullable(variables.get(variable(option)))
            .map(String::strip)
            .filter(value -> !value.isEmpty());
  }

  /** The environment of a command that was made with one. */
  static Environment of(ParseResult given) {
    return (Environment) given.commandSpec().defaultValueProvider();
  }
}
