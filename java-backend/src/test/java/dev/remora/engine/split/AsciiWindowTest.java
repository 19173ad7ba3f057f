package dev.remora.engine.split;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.core.regex.KnownRegex;
import dev.remora.core.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pre-tokens that are told many at once are those that a scanner tells one by one. */
final class AsciiWindowTest {
  private static final List<String> KINDS =
      List.of("a", "Z", "1", " ", "\t", "\n", "\r", ".", "/", "'", "\u007F", "\u00E9");

  private final AsciiWindow window = new AsciiWindow();

  @ParameterizedTest
  @EnumSource(names = {"GPT2", "QWEN", "O200K"})
  void ends_ofEveryFiveCharacters_areTheScanners(KnownRegex regex) {
    Scanner scanner = KnownScanners.of(regex);
    String rest = " and words.\n".repeat(7);
    int all = (int) Math.pow(KINDS.size(), 5);
    for (int number = 0; number < all; number++) {
      StringBuilder text = new StringBuilder();
      for (int left = number; text.codePointCount(0, text.length()) < 5; left /= KINDS.size()) {
        text.append(KINDS.get(left % KINDS.size()));
      }
      check(scanner, text.append(rest).toString(), 64);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ends_ofRandomText_areTheScanners(KnownRegex regex) {
    Scanner scanner = KnownScanners.of(regex);
    SplittableRandom random = new SplittableRandom(20261127);
    for (int left = 20_000; left > 0; left--) {
      int kinds = 2 + random.nextInt(KINDS.size() - 1); // often none that a window does not know
      StringBuilder text = new StringBuilder();
      while (text.length() < 300) {
        int kind = random.nextInt(kinds);
        text.append(KINDS.get(kind).repeat(1 + random.nextInt(random.nextInt(8) == 0 ? 70 : 4)));
      }
      check(scanner, text.toString(), 1 + random.nextInt(64));
    }
  }

  private void check(Scanner scanner, String text, int atOnce) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(utf8, utf8.length + Utf8.PADDING);
    List<Integer> expected = new ArrayList<>();
    for (int at = 0; at < utf8.length; ) {
      at = scanner.end(bytes, at, utf8.length);
      expected.add(at);
    }
    List<Integer> told = new ArrayList<>();
    int[] ends = new int[atOnce];
    for (int at = 0; at < utf8.length; ) {
      int count = scanner.ends(bytes, at, utf8.length, ends, window);
      Arrays.stream(ends, 0, count).forEach(told::add);
      at = ends[count - 1];
    }
    assertEquals(expected, told, text);
  }
}
