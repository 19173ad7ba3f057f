package dev.remora.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command that runs in this JVM until it is closed. */
final class RunningCommand implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Thread thread;

  RunningCommand(String... arguments) {
    PrintWriter toOut = new PrintWriter(out);
    PrintWriter toErr = new PrintWriter(err);
    thread =
        new Thread(
            () -> Remora.commandLine(toOut, toErr, Map.of(), arguments).execute(arguments),
            arguments[0]);
    thread.setDaemon(true);
    thread.start();
  }

  /** What the command prints, once it does: the first group. */
  String printed(String pattern) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && thread.isAlive()) {
      Matcher matcher = Pattern.compile(pattern).matcher(out.toString());
      if (matcher.find()) {
        return matcher.group(1);
      }
      Thread.sleep(10);
    }
    throw new AssertionError("it printed " + out + " and " + err);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
