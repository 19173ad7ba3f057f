package dev.remora.conformance.hostile;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The parent's side: a child JVM that tries bundles until one ends it. */
final class TrialJvm implements AutoCloseable {
  private static final long GRACE_SECONDS = 10; // for what the child's own watch does not see

  private final Process process;
  private final Path errors;
  private final DataOutputStream requests;
  private final DataInputStream answers;

  /**
   * Starts it.
   *
   * @param main calls {@link TrialServer#serve}
   * @param work where its standard error goes
   */
  TrialJvm(Class<?> main, Path work) throws IOException {
    errors = Files.createTempFile(work, "errors", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/null",
            "-XX:+DisplayVMOutputToStderr", // standard output holds the answers
            "--enable-native-access=ALL-UNNAMED",
            main.getName());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    process = builder.redirectError(errors.toFile()).start();
    requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /**
   * How a trial ended.
   *
   * @param failure what was wrong, and in which step; empty if nothing
   * @param results what each text gave
   */
  record End(String failure, List<String> results) {}

  /** Tries a bundle. After a failure the JVM is good for nothing more. */
  End ask(TrialRequest request) throws IOException, InterruptedException {
    String step = "start";
    Thread guard = guard(request.limits());
    try {
      request.write(requests);
      while (true) {
        int kind = answers.readByte();
        if (kind == TrialServer.END) {
          String failure = TrialRequest.readStrings(answers).get(0);
          List<String> results = TrialRequest.readStrings(answers);
          return new End(failure.isEmpty() ? "" : failure + " at " + step, results);
        }
        if (kind != TrialServer.STEP) {
          throw new IOException("it printed something else");
        }
        step = TrialRequest.readStrings(answers).get(0);
      }
    } catch (IOException e) { // it ended, or no longer answers as it should
      process.destroyForcibly();
      return new End(
          String.format(Locale.ROOT, "the JVM ended (%s) at %s", death(), step), List.of());
    } finally {
      guard.interrupt();
    }
  }

  /** Ends a child that stays silent. */
  private Thread guard(TrialLimits limits) {
    Thread guard =
        new Thread(
            () -> {
              try {
                if (!process.waitFor(
                    limits.wall().toMillis() + GRACE_SECONDS * 1000, TimeUnit.MILLISECONDS)) {
                  process.destroyForcibly();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it answered
              }
            },
            "guard");
    guard.setDaemon(true);
    guard.start();
    return guard;
  }

  private String death() throws IOException, InterruptedException {
    int exitCode = process.waitFor();
    String said =
        Files.readString(errors, StandardCharsets.ISO_8859_1)
            .lines()
            .filter(
                line -> line.contains("panicked") || line.contains("Error") || line.contains("SIG"))
            .findFirst()
            .orElse("");
    return "exit code " + exitCode + (said.isEmpty() ? "" : ", " + said.strip());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
