package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.forms.TinyTokenizers;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import dev.remora.spi.Engines;
import dev.remora.spi.TokenizerEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the soak tests share: the tokenizer under test, the engines, the process's memory. */
final class SoakSupport {
  static final String TEXT =
      "hello world! The quick brown fox, Привет, 你好 🦈 0123456789 for (int i = 0;) {} ".repeat(20);

  private SoakSupport() {}

  static Stream<String> engines() {
    return Engines.installed().stream().map(TokenizerEngine::name);
  }

  /** A worker of the folder that remora.soak.dir names, else of a small tokenizer. */
  static TestWorker worker(int version) throws IOException {
    String folder = System.getProperty("remora.soak.dir", "");
    byte[] json =
        folder.isEmpty()
            ? TinyTokenizers.byteLevel()
            : Files.readAllBytes(Path.of(folder, "tokenizer.json"));
    Map<String, byte[]> files = new TreeMap<>();
    files.put("tokenizer.json", version % 2 == 0 ? json : otherIds(json));
    files.put("config.json", Archives.utf8("{\"version\": " + version + "}"));
    return TestWorker.serving(TokenizerServer.builder(TokenizerFiles.of(files)));
  }

  /** The same tokenizer with one token more, which the text holds: its ids differ. */
  private static byte[] otherIds(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    int at = text.indexOf('[', text.indexOf("\"added_tokens\"")) + 1;
    String token =
        "{\"id\":300000,\"content\":\"brown\",\"single_word\":false,\"lstrip\":false,"
            + "\"rstrip\":false,\"normalized\":false,\"special\":false},";
    return Archives.utf8(text.substring(0, at) + token + text.substring(at));
  }

  /** The resident memory of this process in KiB, garbage left out as far as it goes. */
  static long residentKib() throws IOException {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new AssertionError("no VmRSS");
  }

  static void assertFlat(String what, long before, long after) {
    System.out.printf("%s: resident %,d KiB before, %,d KiB after%n", what, before, after);
    assertTrue(after <= before + before / 10, what + ": resident memory grew");
  }
}
