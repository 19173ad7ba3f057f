package dev.remora.engine.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.core.definition.SplitBehavior;
import dev.remora.core.regex.KnownRegex;
import dev.remora.core.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is on each side of a border is split and normalized as if it were alone. */
final class WordBordersTest {
  private static final List<String> KINDS =
      List.of(
          "a", "Z", "1", " ", "\n", "\r", "\t", ".", "/", "'", "s", "\u0301", "\u0439", "\u0306",
          "\u4E2D", "\u3002", "\u00E9", "\u3099", "\u00A0");

  static Stream<Arguments> cutters() {
    return Stream.concat(
        Stream.of(KnownRegex.values())
            .map(regex -> Arguments.of(regex.name(), KnownScanners.of(regex))),
        Stream.of(
            Arguments.of("BERT", NamedSets.bert()),
            Arguments.of("Whitespace", NamedSets.whitespace()),
            Arguments.of("WhitespaceSplit", NamedSets.whitespaceSplit())));
  }

  @ParameterizedTest
  @MethodSource("cutters")
  void sides_ofEveryBorder_areSplitAsAlone(String name, Cutter cutter) {
    WordBorders borders = new TextSplitter(List.of(), List.of(cutter), true).borders();
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
        List<String> sides = pieces(cutter, before);
        sides.addAll(pieces(cutter, after));
        assertEquals(pieces(cutter, text), sides, text);
        assertEquals(nfc(text), nfc(before) + nfc(after));
        found++;
      }
    }
    assertTrue(found > 5_000, () -> "there are hardly any borders");
  }

  static Stream<Cutter> cuttersThatKeepWhiteSpace() {
    return Stream.of(
        NamedSets.at(' '),
        NamedSets.digits(true),
        NamedSets.digits(false),
        NamedSets.punctuation(SplitBehavior.ISOLATED),
        NamedSets.scripts(),
        new FixedLengthScanner(5));
  }

  @ParameterizedTest
  @MethodSource("cuttersThatKeepWhiteSpace")
  void borders_ofOtherCutters_areNotKnown(Cutter cutter) {
    assertEquals(WordBorders.NONE, new TextSplitter(List.of(), List.of(cutter), true).borders());
  }

  private static List<String> pieces(Cutter cutter, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(utf8, utf8.length + Utf8.PADDING);
    PieceCursor cursor = cutter.newCursor();
    cursor.begin(bytes, 0, utf8.length);
    List<String> pieces = new ArrayList<>();
    while (cursor.next()) {
      pieces.add(
          new String(bytes, cursor.start(), cursor.end() - cursor.start(), StandardCharsets.UTF_8));
    }
    return pieces;
  }

  private static String nfc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}
