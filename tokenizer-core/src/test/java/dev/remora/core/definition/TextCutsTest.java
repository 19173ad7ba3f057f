package dev.remora.core.definition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Texts are cut as the Python of Kimi's tokenizer cuts them. */
final class TextCutsTest {
  private static final TextCuts KIMI = new TextCuts(400_000, 25_000);
  private static final String SHARK = "\uD83E\uDD88";

  @Test
  void ends_ofRuns_areWhereOneMoreWouldBeTooMany() {
    assertArrayEquals(new int[] {0}, KIMI.ends(""));
    assertArrayEquals(new int[] {25_000}, KIMI.ends("a".repeat(25_000)));
    assertArrayEquals(new int[] {25_000, 25_001}, KIMI.ends("a".repeat(25_001)));
    assertArrayEquals(new int[] {25_000, 50_000, 50_001}, KIMI.ends(" ".repeat(50_001)));
    assertArrayEquals(new int[] {25_001, 25_002}, KIMI.ends("a" + "\n".repeat(25_000) + "\n"));
  }

  @Test
  void ends_ofCharactersOfTwoUnits_countCharacters() {
    assertArrayEquals(new int[] {50_000, 50_002}, KIMI.ends(SHARK.repeat(25_001)));
  }

  /** Python's isspace takes the four separators of ASCII; a regex's white space does not. */
  @Test
  void ends_ofAsciiSeparators_areThoseOfWhiteSpace() {
    assertArrayEquals(
        new int[] {25_000, 25_002}, KIMI.ends(" \u001C".repeat(12_500) + "\u001F\u00A0"));
    assertArrayEquals(new int[] {50_000}, KIMI.ends("a".repeat(25_000) + "\u3000".repeat(25_000)));
    assertArrayEquals(new int[] {25_000, 25_001}, KIMI.ends("a".repeat(24_999) + "\u200B\uFEFF"));
  }

  @Test
  void ends_ofLongTexts_areAtMultiplesOfTheBound() {
    assertArrayEquals(new int[] {400_000}, KIMI.ends("ab ".repeat(133_333) + "a"));
    assertArrayEquals(
        new int[] {400_000, 800_000, 800_001},
        KIMI.ends("ab ".repeat(266_667).substring(0, 800_001)));
  }

  @Test
  void ends_ofRandomTexts_areThoseOfThePython() {
    SplittableRandom random = new SplittableRandom(20261127);
    String[] pieces = {"a", "b", " ", "\n", SHARK, "\uD83E", "\u2003", "   ", "ccc"};
    for (int round = 0; round < 20_000; round++) {
      TextCuts cuts = new TextCuts(1 + random.nextInt(12), 1 + random.nextInt(5));
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(25); left > 0; left--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      assertArrayEquals(
          python(text.toString(), cuts.maxCharacters(), cuts.maxRun()),
          cuts.ends(text.toString()),
          () -> cuts + " " + text);
    }
  }

  /** The model's own code line by line: slices of the text, and in each the runs. */
  private static int[] python(String text, int maxCharacters, int maxRun) {
    int[] characters = text.codePoints().toArray();
    List<Integer> ends = new ArrayList<>();
    for (int from = 0; from < characters.length; from += maxCharacters) {
      int to = Math.min(characters.length, from + maxCharacters);
      int sliceLength = 0;
      boolean sliceIsSpace = isSpace(characters[from]);
      for (int index = from; index < to; index++) {
        boolean isNowSpace = isSpace(characters[index]);
        if (sliceIsSpace ^ isNowSpace) {
          sliceLength = 1;
          sliceIsSpace = isNowSpace;
        } else {
          sliceLength++;
          if (sliceLength > maxRun) {
            ends.add(index);
            sliceLength = 1;
          }
        }
      }
      ends.add(to);
    }
    if (ends.isEmpty()) {
      ends.add(0);
    }
    return ends.stream().mapToInt(end -> new String(characters, 0, end).length()).toArray();
  }

  private static boolean isSpace(int codePoint) {
    return " \n\u2003".indexOf(codePoint) >= 0;
  }
}
