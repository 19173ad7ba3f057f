package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.LoadException;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.forms.TinyTokenizers;
import dev.remora.proto.WorkerService;
import dev.remora.server.ModelInfo;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A worker's text forges no line of a log and drives no terminal; what is a fact stays as sent. */
class WorkerTextTest {
  private static final String FORGED = "gone\r\n2026-01-01 INFO all is well\u001b[2J\u202e";
  private static final String SHOWN = "gone\\r\\n2026-01-01 INFO all is well\\u001b[2J\\u202e";

  private static final LoadOptions ONCE = LoadOptions.builder().maxAttempts(1).build();

  private static TokenizerException failure(ScriptedWorker worker) {
    try (worker) {
      return assertThrows(
          TokenizerException.class, () -> Tokenizers.fromBackend(worker.channel(), ONCE).close());
    }
  }

  private static void assertPrintable(String text) {
    assertFalse(text.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x202E), text);
    assertTrue(text.length() < 10_000, () -> "of " + text.length() + " characters");
  }

  @Test
  void statusText_inMessages_isEscaped() {
    LoadException failure =
        (LoadException)
            failure(ScriptedWorker.failing(Status.FAILED_PRECONDITION.withDescription(FORGED)));
    assertTrue(String.valueOf(failure.getMessage()).contains(SHOWN), failure.getMessage());
    assertPrintable(String.valueOf(failure.getMessage()));
    assertPrintable(failure.attempts().toString());
    assertTrue(failure.attempts().toString().contains(SHOWN));
    assertEquals(SHOWN, failure.problem());
    assertPrintable(String.valueOf(failure.getCause()));
  }

  @Test
  void fileNames_inMessages_areEscaped() {
    BundleException failure =
        (BundleException)
            failure(
                ScriptedWorker.sending(
                    List.of(
                        Messages.metadata(
                            "files", "0".repeat(64), "x\n\u001b[31m" + "y".repeat(3000)),
                        Messages.chunk("other", 1, new byte[1], true, "")),
                    Status.OK));
    assertPrintable(String.valueOf(failure.getMessage()));
    assertPrintable(failure.attempts().toString());
  }

  @Test
  void modelIdentifier_isAFactAsSent_andShownEscaped() {
    String identifier = "evil/" + FORGED + "z".repeat(5000);
    try (TestWorker worker = TestWorker.serving(1, server -> server.modelIdentifier(identifier));
        Tokenizer tokenizer = Tokenizers.fromBackend(worker.channel(), ONCE)) {
      assertEquals(identifier, tokenizer.bundle().modelIdentifier().orElseThrow());
      assertPrintable(tokenizer.toString());
      assertTrue(tokenizer.toString().contains(SHOWN), tokenizer.toString());
    }
  }

  @Test
  void eosIds_ofWhichThereAreMany_areCut() {
    Integer[] ids = IntStream.range(1000, 100_000).boxed().toArray(Integer[]::new);
    TokenizerFiles files = TokenizerFiles.of(Map.of("tokenizer.json", TinyTokenizers.byteLevel()));
    ModelInfo info = new ModelInfo("m", "1", 200_000, List.of(ids), 264);
    LoadOptions refusing =
        LoadOptions.builder().maxAttempts(1).modelInfoCheck(ModelInfoCheck.REFUSE).build();
    try (TestWorker worker =
        TestWorker.serving(
            TokenizerServer.builder(files).service(WorkerService.VLLM).modelInfo(info))) {
      BundleException failure =
          assertThrows(
              BundleException.class,
              () -> Tokenizers.fromBackend(worker.channel(), refusing).close());
      assertTrue(failure.problem().contains("1009, … (98990 more)]"), failure.problem());
      assertPrintable(String.valueOf(failure.getMessage()));
    }
  }
}
