package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.conformance.contract.ContractBundle;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What becomes of tokenizers that nobody closes. */
final class ForgottenHandlesTest {
  @Test
  void forgotten_isFreedByALaterOpen() throws Exception {
    NativeLibrary.load();
    int before = ForgottenHandles.held();
    byte[] json = ContractBundle.BYTE_LEVEL.json();
    for (int i = 0; i < 10; i++) {
      NativeTokenizer.open(json);
    }
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (ForgottenHandles.held() > before && Instant.now().isBefore(end)) {
      System.gc();
      Thread.sleep(10); // references are handed on by a thread of the JVM
      NativeTokenizer.open(json).free();
    }
    int after = ForgottenHandles.held();
    assertTrue(after <= before, after + " are held; before, " + before);
  }

  @Test
  void closed_isFreedOnce() {
    NativeLibrary.load();
    NativeTokenizer tokenizer = NativeTokenizer.open(ContractBundle.BYTE_LEVEL.json());
    int open = ForgottenHandles.held();
    tokenizer.free();
    tokenizer.free();
    assertEquals(open - 1, ForgottenHandles.held());
  }
}
