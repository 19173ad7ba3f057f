package dev.remora.remote;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs a main class in a JVM of its own, whose working, home and temporary directories are empty.
 */
final class ChildJvm {
  private final Path folder;
  private final Path natives;
  private final Path errors;
  private final List<String> command = new ArrayList<>();
  private final List<String> classPath =
      new ArrayList<>(List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)));
  private final ProcessBuilder builder = new ProcessBuilder();

  ChildJvm(Path empty) throws IOException {
    folder = Files.createDirectory(empty.resolve("watched"));
    natives = Files.createDirectory(empty.resolve("native"));
    errors = empty.resolve("errors.txt");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")));
    command.add("-Duser.home=" + Files.createDirectory(folder.resolve("home")));
    builder.directory(Files.createDirectory(folder.resolve("work")).toFile());
    builder.environment().put("ENGINE_CACHE_DIR", natives.toString());
  }

  ChildJvm option(String option) {
    command.add(option);
    return this;
  }

  /** Where native libraries go, which are not watched. */
  Path natives() {
    return natives;
  }

  /** Leaves out the jars whose names begin so. */
  ChildJvm without(String... jars) {
    classPath.removeIf(
        path ->
            Stream.of(jars)
                .anyMatch(jar -> Path.of(path).getFileName().toString().startsWith(jar)));
    return this;
  }

  /** Leaves out the engine over DJL, and DJL. */
  ChildJvm withoutDjl() {
    String library = Path.of("ai", "djl").toString();
    classPath.removeIf(path -> path.contains("djl-backend") || path.contains(library));
    return this;
  }

  /** Puts a jar before all others. */
  ChildJvm with(Path jar) {
    classPath.add(0, jar.toString());
    return this;
  }

  /** Runs a class of this class path until the process ends. */
  Result run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    builder.environment().put("CLASSPATH", String.join(File.pathSeparator, classPath));
    command.add(main.getName());
    return run(arguments);
  }

  /** Runs a jar, and nothing else, until the process ends. */
  Result runJar(Path jar, String... arguments) throws IOException, InterruptedException {
    command.addAll(List.of("-jar", jar.toString()));
    return run(arguments);
  }

  private Result run(String... arguments) throws IOException, InterruptedException {
    command.addAll(List.of(arguments));
    Process process = builder.command(command).redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> left = files.filter(Files::isRegularFile).toList();
      return new Result(exitCode, output, Files.readString(errors), left);
    }
  }

  /**
   * How a child JVM ended.
   *
   * @param exitCode 0 where all went well
   * @param output its standard output
   * @param errors its standard error, on which newer JVMs warn of what libraries do
   * @param filesLeft what stands in its directories; the native libraries' own cache is no part of
   *     them
   */
  record Result(int exitCode, String output, String errors, List<Path> filesLeft) {}
}
