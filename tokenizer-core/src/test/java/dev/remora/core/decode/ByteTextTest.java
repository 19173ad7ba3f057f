package dev.remora.core.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Replacing in a text, beside what String does. */
final class ByteTextTest {
  private static String replaced(String text, String searched, String content) {
    ByteText bytes = new ByteText(0);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.set(utf8, 0, utf8.length);
    bytes.replace(
        searched.getBytes(StandardCharsets.UTF_8), content.getBytes(StandardCharsets.UTF_8));
    return bytes.toString();
  }

  @Test
  void replace_ofWhatOverlapsItself_isWhatStringDoes() {
    SplittableRandom random = new SplittableRandom(20261127);
    for (int round = 0; round < 20_000; round++) {
      String text = letters(random, random.nextInt(30));
      String searched = letters(random, 1 + random.nextInt(5));
      String content = letters(random, random.nextInt(7));
      assertEquals(text.replace(searched, content), replaced(text, searched, content));
    }
  }

  private static String letters(SplittableRandom random, int count) {
    StringBuilder letters = new StringBuilder();
    for (int left = count; left > 0; left--) {
      letters.append((char) ('a' + random.nextInt(2)));
    }
    return letters.toString();
  }

  /** A decoder of a bundle, on a token of it: comparing at each place took an hour. */
  @Test
  void replace_ofHalfOfMegabytesOfOneLetter_takesNoSquare() {
    String text = "a".repeat(16_000_000);
    String searched = "a".repeat(8_000_000) + "b";
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertEquals(text, replaced(text, searched, "")));
  }
}
