package dev.remora.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.LimitException;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class FormSizeTest {
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
    assertEquals(16 << 20, refusal.bound());
  }

  private static LimitException refused(String name, byte[] file) {
    TokenizerBundle bundle = TokenizerBundle.builder(Fingerprint.local()).add(name, file).build();
    return assertThrows(LimitException.class, () -> BundleForms.define(bundle));
  }

  @Test
  void tokenizerJson_ofAHundredMegabytes_isRefused() {
    LimitException refusal = refused("tokenizer.json", new byte[100_000_000]);
    assertEquals("bytes of tokenizer.json", refusal.limit());
    assertEquals(100_000_000, refusal.observed());
  }

  @Test
  void partThatIsParsedAsATree_isRefusedAboveEightMebibytes() {
    String large =
        new String(TinyTokenizers.byteLevel(), UTF_8)
            .replace("\"truncation\":null", "\"truncation\":[" + "0,".repeat(5 << 20) + "0]");
    assertEquals(8 << 20, refused("tokenizer.json", large.getBytes(UTF_8)).bound());
  }

  @Test
  void membersOfTheModel_areRefusedAboveEightMebibytesTogether() {
    String member = "\"x%d\":[" + "0,".repeat(1 << 20) + "0],";
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      members.append(member.formatted(i));
    }
    String large =
        new String(TinyTokenizers.byteLevel(), UTF_8)
            .replace("\"model\":{", "\"model\":{" + members);
    assertEquals(8 << 20, refused("tokenizer.json", large.getBytes(UTF_8)).bound());
  }
}
