package dev.remora.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One run of the command in this JVM: what it printed, and its exit code. */
record Run(int exitCode, String out, String err) {
  static Run of(String... arguments) {
    return withInput("", arguments);
  }

  static Run withInput(String input, String... arguments) {
    InputStream before = System.in;
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      int exitCode =
          Remora.commandLine(new PrintWriter(out), new PrintWriter(err), Map.of(), arguments)
              .execute(arguments);
      return new Run(exitCode, out.toString(), err.toString());
    } finally {
      System.setIn(before);
    }
  }
}
