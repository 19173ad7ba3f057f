package dev.remora.djl;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in a JVM of its own, so that its end can be observed. */
final class ChildJvm {
  private final List<String> options = new ArrayList<>();
  private final ProcessBuilder builder = new ProcessBuilder();

  ChildJvm() {
    for (String setting : List.of("OPT_OUT_TRACKING", "ENGINE_CACHE_DIR", "RUST_LIBRARY_PATH")) {
      builder.environment().remove(setting);
    }
  }

  ChildJvm option(String option) {
    options.add(option);
    return this;
  }

  ChildJvm environment(Map<String, String> variables) {
    builder.environment().putAll(variables);
    return this;
  }

  /** The exit code and all output, once the JVM has ended. */
  Result run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null"));
    command.add("--enable-native-access=ALL-UNNAMED"); // newer JVMs warn on the output else
    command.addAll(options);
    command.add(main.getName());
    command.addAll(Arrays.asList(arguments));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    File output = File.createTempFile("child-jvm", ".txt");
    try {
      Process process =
          builder.command(command).redirectErrorStream(true).redirectOutput(output).start();
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("the child JVM hangs: " + command);
      }
      return new Result(
          process.exitValue(), Files.readString(output.toPath(), StandardCharsets.UTF_8));
    } finally {
      Files.delete(output.toPath());
    }
  }

  /**
   * How a child JVM ended.
   *
   * @param exitCode 0 where all went well
   * @param output its standard output and error
   */
  record Result(int exitCode, String output) {}
}
