package dev.remora.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.BundleFormat;
import dev.remora.proto.WorkerService;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerServerTest {
  @TempDir Path folder;

  @Test
  void folder_ofAModel_givesItsTokenizerFilesOnly() throws Exception {
    Files.createDirectories(folder.resolve("additional_chat_templates"));
    Files.createDirectories(folder.resolve("tokenizer.json.d"));
    Files.createDirectories(folder.resolve("merges.txt")); // a folder, whatever its name
    Files.createDirectories(folder.resolve("original"));
    for (String name :
        List.of(
            "tokenizer.json",
            "config.json",
            "llama.tiktoken",
            "additional_chat_templates/tool_use.jinja",
            "additional_chat_templates/README.md",
            "model-00001-of-00030.safetensors",
            "model.safetensors.index.json",
            "README.md",
            "original/tokenizer.model")) {
      Files.writeString(folder.resolve(name), name);
    }
    Files.createSymbolicLink(folder.resolve("vocab.json"), folder.resolve("README.md"));
    TokenizerFiles files = TokenizerFiles.of(folder);
    assertEquals(
        List.of(
            "additional_chat_templates/tool_use.jinja",
            "config.json",
            "llama.tiktoken",
            "tokenizer.json",
            "vocab.json"),
        files.names());
    assertArrayEquals("README.md".getBytes(UTF_8), files.contents().get("vocab.json"));
  }

  @Test
  void folder_thatIsNone_isRefused() {
    Path missing = folder.resolve("missing");
    IOException refused = assertThrows(IOException.class, () -> TokenizerFiles.of(missing));
    assertEquals(NotDirectoryException.class, refused.getClass());
    assertEquals(missing.toString(), ((NotDirectoryException) refused).getFile());
  }

  @Test
  void contents_areCopied() {
    byte[] content = {1};
    TokenizerFiles files = TokenizerFiles.of(Map.of("config.json", content));
    content[0] = 2;
    assertArrayEquals(new byte[] {1}, files.contents().get("config.json"));
  }

  @Test
  void health_ofTheServerAndItsServices_isServing() throws Exception {
    try (TokenizerServer server =
            TokenizerServer.builder(Samples.files()).service(WorkerService.MLX).start();
        WorkerClient client = new WorkerClient(server)) {
      HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(client.channel());
      for (String service : List.of("", WorkerService.MLX.fullName())) {
        HealthCheckRequest request = HealthCheckRequest.newBuilder().setService(service).build();
        assertEquals(ServingStatus.SERVING, health.check(request).getStatus());
      }
    }
  }

  @Test
  void start_onATakenPort_isRefused() throws Exception {
    try (TokenizerServer first = TokenizerServer.builder(Samples.files()).start()) {
      TokenizerServerBuilder second = TokenizerServer.builder(Samples.files()).port(first.port());
      assertThrows(IOException.class, second::start);
    }
  }

  @Test
  void target_namesHostAndPort() throws Exception {
    try (TokenizerServer server =
        TokenizerServer.builder(Samples.files()).host("127.0.0.1").start()) {
      assertEquals("127.0.0.1:" + server.port(), server.target());
      assertTrue(server.port() > 0);
    }
  }

  @Test
  void contradictions_areRefused() {
    TokenizerFiles files = Samples.files();
    assertRefused(
        TokenizerServer.builder(files).dialect(BundleDialect.BARE).format(BundleFormat.FILES),
        "bare");
    assertRefused(
        TokenizerServer.builderOfArchive(new byte[1]).format(BundleFormat.FILES), "ready-made");
    assertRefused(
        TokenizerServer.builder(files).fileCompression(FileCompression.GZIP), "format files");
    assertRefused(
        TokenizerServer.builder(files).fault(Fault.earlyFingerprint()), "needs the bare dialect");
    assertRefused(
        TokenizerServer.builder(files).dialect(BundleDialect.BARE).fault(Fault.wrongIndex()),
        "wrong-index needs the described dialect");
    assertRefused(
        TokenizerServer.builder(files).fault(Fault.flaky(1, Fault.missingFile())),
        "needs format files");
    assertRefused(
        TokenizerServer.builder(TokenizerFiles.of(Map.of("config.json", new byte[0])))
            .format(BundleFormat.FILES)
            .fault(Fault.interleavedFiles()),
        "two files");
    assertThrows(IllegalArgumentException.class, () -> TokenizerServer.builder(files).chunkSize(0));
  }

  private static void assertRefused(TokenizerServerBuilder builder, String why) {
    String message = assertThrows(IllegalArgumentException.class, builder::start).getMessage();
    assertTrue(message != null && message.contains(why), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stall-after:1",
        "cut-after:0",
        "cut-after:2,UNAVAILABLE",
        "status:NOT_FOUND",
        "trickle:500ms",
        "flaky:2,stall-after:1",
        "never-answers"
      })
  void parse_readsWhatToStringWrites(String text) {
    assertEquals(text, Fault.parse(text).toString());
  }

  @Test
  void parse_takesShortForms() {
    assertEquals("flaky:3,status:UNAVAILABLE", Fault.parse("flaky:3").toString());
    assertEquals("trickle:2000ms", Fault.parse("trickle:2s").toString());
    assertEquals("status:INTERNAL", Fault.parse("status:internal").toString());
  }

  @Test
  void parse_takesEveryUsage() {
    assertEquals(29, Fault.usages().size());
    for (String usage : Fault.usages()) {
      if (!usage.contains(":")) {
        assertEquals(usage, Fault.parse(usage).toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "stall-after",
        "stall-after:",
        "stall-after:x",
        "stall-after:-1",
        "stall-after:99999999999",
        "never-answers:1",
        "status:OK",
        "status:SLEEPY",
        "trickle:0ms",
        "trickle:fast",
        "flaky:0",
        "flaky:1,flaky:1",
        "flaky:1,",
        "cut-after:1,"
      })
  void parse_anythingElse_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Fault.parse(text));
  }
}
