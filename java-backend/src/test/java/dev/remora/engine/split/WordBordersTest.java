package dev.remora.engine.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.core.regex.KnownRegex;
import dev.remora.core.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is on each side of a border is split and normalized as if it were alone. */
final class WordBordersTest {
  private static final List<String> KINDS =
      List.of(
          "a", "Z", "1", " ", "\n", "\r", "\t", ".", "/", "'", "s", "\u0301", "\u0439", "\u0306",
          "\u4E2D", "\u3002", "\u00E9", "\u3099", "\u00A0");

  @ParameterizedTest
  @EnumSource
  void sides_ofEveryBorder_areSplitAsAlone(KnownRegex regex) {
    Scanner scanner = KnownScanners.of(regex);
    WordBorders borders = new TextSplitter(List.of(), List.of(scanner), true).borders();
    int all = (int) Math.pow(KINDS.size(), 4);
    int found = 0;
    for (int number = 0; number < all; number++) {
      StringBuilder letters = new StringBuilder();
      for (int left = number, count = 0; count < 4; count++, left /= KINDS.size()) {
        letters.append(KINDS.get(left % KINDS.size()));
      }
      String text = letters.toString();
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      byte[] bytes = Arrays.copyOf(utf8, utf8.length + Utf8.PADDING);
      int at = borders.next(bytes, 0, 0, utf8.length);
      for (; at < utf8.length; at = borders.next(bytes, 0, at + 1, utf8.length)) {
        String before = new String(bytes, 0, at, StandardCharsets.UTF_8);
        String after = new String(bytes, at, utf8.length - at, StandardCharsets.UTF_8);
        List<String> sides = ScannerTest.words(scanner, before);
        sides.addAll(ScannerTest.words(scanner, after));
        assertEquals(ScannerTest.words(scanner, text), sides, text);
        assertEquals(nfc(text), nfc(before) + nfc(after));
        found++;
      }
    }
    assertTrue(found > 5_000, () -> "there are hardly any borders");
  }

  private static String nfc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}
