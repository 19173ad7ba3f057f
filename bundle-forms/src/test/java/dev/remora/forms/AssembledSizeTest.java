package dev.remora.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.LimitException;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AssembledSizeTest {
  @Test
  void rankFile_whoseMergesAreFarLargerThanItself_isRefused() {
    StringBuilder ranks = new StringBuilder();
    for (int length = 1; length <= 1024; length++) {
      byte[] token = "a".repeat(length).getBytes(UTF_8);
      ranks.append(Base64.getEncoder().encodeToString(token)).append(' ').append(length - 1);
      ranks.append('\n');
    }
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .add("qwen.tiktoken", ranks.toString().getBytes(UTF_8))
            .build();
    LimitException refusal = assertThrows(LimitException.class, () -> BundleForms.define(bundle));
    assertEquals(1 << 27, refusal.bound());
  }
}
