package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.core.engine.Engines;
import dev.remora.core.engine.TokenizerEngine;
import dev.remora.forms.TinyTokenizers;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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

  /** A worker of the directory that remora.soak.dir names, else of a small tokenizer. */
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

  /** What the process has in KiB: resident, and of that the Java objects that are alive. */
  record Memory(long resident, long heap) {
    /** The least of several looks: threads of the transport hold what the last load had awhile. */
    static Memory now() throws IOException, InterruptedException {
      long heap = Long.MAX_VALUE;
      for (int look = 0; look < 5; look++) {
        System.gc();
        Thread.sleep(200);
        heap = Math.min(heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      }
      heap >>= 10;
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return new Memory(Long.parseLong(line.replaceAll("\\D", "")), heap);
        }
      }
      throw new AssertionError("no VmRSS");
    }

    /** The heap is committed at the start, so what the resident memory grows by is not Java's. */
    void assertFlatSince(Memory before, String what) {
      System.out.printf(
          "%s: resident %,d KiB before, %,d after; live heap %,d KiB before, %,d after%n",
          what, before.resident, resident, before.heap, heap);
      assertTrue(resident <= before.resident + before.resident / 10, "resident memory grew");
      assertTrue(heap <= before.heap + before.heap / 10 + 2048, "the heap grew");
    }
  }
}
