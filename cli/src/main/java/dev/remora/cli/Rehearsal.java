package dev.remora.cli;

import dev.remora.cli.view.PageFiles;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs verbs on a small tokenizer, from a directory and from a worker, so that the JVM sees which
 * classes the command loads: the launcher has it make an archive of them, which later runs map.
 */
final class Rehearsal {
  private static final List<String> FILES = List.of("tokenizer.json", "tokenizer_config.json");

  private Rehearsal() {}

  public static void main(String[] arguments) throws IOException {
    SentArguments.asSent(arguments);
    Path folder = Files.createTempDirectory("remora");
    Path messages = folder.resolve("messages.json");
    try {
      for (String name : FILES) {
        Files.writeString(
            folder.resolve(name), PageFiles.read(Rehearsal.class, "rehearsal/" + name));
      }
      Files.writeString(messages, "[{\"role\":\"user\",\"content\":\"Hi\"}]");
      run(folder, messages);
    } finally {
      for (String name : FILES) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(messages);
      Files.delete(folder);
    }
    System.exit(0); // whatever a verb left open
  }

  private static void run(Path folder, Path messages) throws IOException {
    String dir = folder.toString();
    String text = "Hello, world! 🦈 1234\n\nif (a) { b(); }";
    run("count", "--dir", dir, "--file", messages.toString());
    run("encode", "--dir", dir, "--json", text);
    run("decode", "--dir", dir, "--skip-special-tokens", "1", "2");
    run("tokens", "--dir", dir, text);
    run("inspect", "--dir", dir);
    run("chat", "--dir", dir, "--messages", messages.toString());
    try (TokenizerServer worker = TokenizerServer.builder(TokenizerFiles.of(folder)).start()) {
      run("count", "--worker", worker.target(), text);
    }
    run("--version");
  }

  private static void run(String... arguments) {
    PrintWriter out = new PrintWriter(new StringWriter());
    StringWriter err = new StringWriter();
    int exitCode =
        Remora.commandLine(out, new PrintWriter(err), Map.of(), arguments).execute(arguments);
    if (exitCode != 0) {
      throw new IllegalStateException(String.join(" ", arguments) + ": " + err);
    }
  }
}
