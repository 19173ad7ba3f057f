package dev.remora.server;

import static dev.remora.proto.WorkerService.SGLANG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** docs/testing-with-tokenizer-server.md says what is so. */
class GuideTest {
  private static String guide() throws Exception {
    return Files.readString(Path.of("../docs/testing-with-tokenizer-server.md"));
  }

  @Test
  void guide_namesEveryFault() throws Exception {
    for (String usage : Fault.usages()) {
      assertTrue(guide().contains("| `" + usage + "` |"), usage);
    }
  }

  @Test
  void guide_firstExample_isThis() throws Exception {
    TokenizerFiles files = Samples.files();
    try (TokenizerServer server = TokenizerServer.builder(files).start()) {
      ManagedChannel channel =
          Grpc.newChannelBuilder(server.target(), InsecureChannelCredentials.create()).build();
      try (WorkerClient client = new WorkerClient(channel)) {
        assertTrue(client.described(SGLANG).status().isOk());
      }
    }
    assertTrue(
        guide()
            .contains(
                "Grpc.newChannelBuilder(server.target(),"
                    + " InsecureChannelCredentials.create()).build();"));
  }

  @Test
  void guide_faults_areThese() throws Exception {
    TokenizerFiles files = Samples.files();
    TokenizerServer.builder(files).fault(Fault.stallAfter(1)).start().close();
    Fault flaky = Fault.parse("flaky:2,wrong-fingerprint");
    assertEquals(Fault.flaky(2, Fault.wrongFingerprint()), flaky);
    TokenizerServer.builder(files).fault(flaky).start().close();
    assertTrue(guide().contains("fault(Fault.parse(\"flaky:2,wrong-fingerprint\")).start();"));
  }

  @Test
  void guide_generateScript_isThis() throws Exception {
    TokenizerFiles files = Samples.files();
    GenerateScript script =
        GenerateScript.of(9707, 11, 1879).idsPerMessage(1).pause(Duration.ofMillis(20));
    TokenizerServer server = TokenizerServer.builder(files).generate(script).start();
    server.close();
    assertTrue(guide().contains("TokenizerServer.builder(files).generate(script).start();"));
    assertTrue(
        guide()
            .contains(
                "GenerateScript.of(9707, 11,"
                    + " 1879).idsPerMessage(1).pause(Duration.ofMillis(20));"));
  }
}
