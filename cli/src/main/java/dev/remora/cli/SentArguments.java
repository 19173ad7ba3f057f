package dev.remora.cli;

import dev.remora.cli.text.TextInput;
import dev.remora.cli.verb.CommandFailure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The command's arguments as they were sent, in UTF-8. The JVM reads them in the encoding of the
 * locale, and what that cannot hold is lost; the system still has the bytes.
 */
final class SentArguments {
  /** On Linux, what the process was started with: each string ended by a NUL. */
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private SentArguments() {}

  /**
   * @param read as the JVM hands them over
   * @throws CommandFailure if an argument is not UTF-8, or cannot be known
   */
  static String[] asSent(String[] read) {
    Charset encoding = Charset.forName(System.getProperty("sun.jnu.encoding"));
    byte[] commandLine = arrivedWhole(read, encoding) ? new byte[0] : commandLine();
    return asSent(read, encoding, commandLine);
  }

  static String[] asSent(String[] read, Charset encoding, byte[] commandLine) {
    if (arrivedWhole(read, encoding)) {
      return read;
    }
    List<byte[]> sent = strings(commandLine);
    int launcher = sent.size() - read.length; // the JVM, its options and the main class
    String[] arguments = new String[read.length];
    for (int i = 0; i < read.length; i++) {
      // Where the launcher expanded its own @files, the command line is another one.
      if (launcher < 0 || !new String(sent.get(launcher + i), encoding).equals(read[i])) {
        throw new CommandFailure(
            "argument "
                + (i + 1)
                + " did not arrive whole: the JVM reads arguments in "
                + encoding
                + ", the encoding of the locale; LC_ALL=C.UTF-8 helps, and standard input is"
                + " always UTF-8");
      }
      arguments[i] = TextInput.utf8(sent.get(launcher + i), "argument " + (i + 1));
    }
    return arguments;
  }

  private static boolean arrivedWhole(String[] read, Charset encoding) {
    boolean utf8 = encoding.equals(StandardCharsets.UTF_8);
    for (String argument : read) {
      if (!argument.chars().allMatch(unit -> unit < 0x80 || (utf8 && unit != 0xFFFD))) {
        return false;
      }
    }
    return true;
  }

  /** Empty where the system does not tell. */
  private static byte[] commandLine() {
    try {
      return Files.readAllBytes(COMMAND_LINE);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private static List<byte[]> strings(byte[] commandLine) {
    List<byte[]> strings = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < commandLine.length; i++) {
      if (commandLine[i] == 0) {
        strings.add(Arrays.copyOfRange(commandLine, start, i));
        start = i + 1;
      }
    }
    return strings;
  }
}
