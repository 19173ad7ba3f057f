package dev.remora.engine.split;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.core.definition.SplitBehavior;
import dev.remora.core.regex.KnownRegex;
import dev.remora.core.text.Utf8;
import dev.remora.engine.regex.CompiledRegex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Letters that are scanned several at a time end where the regex ends them. */
final class ScannerTest {
  private static final int BOUND = 0x500; // above: nothing is scanned several at a time
  private static final int PLACES = 10; // more than there are in one step

  private static final List<String> LETTERS =
      List.of(
          "a",
          "b",
          "S",
          "ll",
          "'",
          "'s",
          "'RE",
          "\u017F",
          " ",
          "  ",
          "\n",
          "\r",
          "\t",
          "\u00A0",
          "\u3000",
          "1",
          "23",
          "\u0661",
          "\u00B2",
          ".",
          "/",
          "-",
          "$",
          "\u4E00",
          "\u3042",
          "\u30FC",
          "\u3007",
          "\u0301",
          "\u0915\u094D",
          "\u0431",
          "\u0411",
          "\u01C5",
          "\u02B0",
          "\u0E01",
          "\uD83D\uDE00",
          "\u200D",
          "\u200B");

  /**
   * All that the JDK's regexes can express: it knows no {@code \p{Han}}, and DeepSeek's are three.
   */
  static List<KnownRegex> regexes() {
    return List.of(
        KnownRegex.GPT2, KnownRegex.CL100K, KnownRegex.QWEN, KnownRegex.O200K, KnownRegex.MISTRAL);
  }

  @ParameterizedTest
  @MethodSource("regexes")
  void end_ofLetters_isTheRegexs(KnownRegex regex) {
    Scanner scanner = KnownScanners.of(regex);
    Pattern pattern = Pattern.compile(regex.expression(), Pattern.UNICODE_CHARACTER_CLASS);
    for (String letter : List.of("d", "D", "\u0431", "\u0411", "\u0451", "\u00E9", "\u0E01")) {
      for (int place = 0; place < PLACES; place++) {
        for (int codePoint = 0; codePoint < BOUND; codePoint++) {
          String text = letter.repeat(place) + Character.toString(codePoint) + letter.repeat(2);
          assertEquals(matches(pattern, text), words(scanner, text), text);
          assertEquals(matches(pattern, " " + text), words(scanner, " " + text), " " + text);
        }
      }
    }
  }

  /** What the regexes of a scanner, one after the other, make of a text. */
  private static PieceCursor compiled(KnownRegex regex) {
    PieceCursor chain = new ScannerCursor(new WholeScanner());
    for (String expression : regex.expressions()) {
      CompiledRegex compiled = CompiledRegex.of(expression).value();
      PieceCursor cursor = new RegexCutter(compiled, SplitBehavior.ISOLATED, false).newCursor();
      chain = new ChainCursor(chain, cursor);
    }
    return chain;
  }

  private static List<String> words(PieceCursor cursor, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    List<String> words = new ArrayList<>();
    cursor.begin(Arrays.copyOf(utf8, utf8.length + Utf8.PADDING), 0, utf8.length);
    while (cursor.next()) {
      words.add(new String(utf8, cursor.start, cursor.end - cursor.start, StandardCharsets.UTF_8));
    }
    return words;
  }

  @ParameterizedTest
  @EnumSource
  void end_ofEveryCodePoint_isThatOfTheCompiledRegex(KnownRegex regex) {
    Scanner scanner = KnownScanners.of(regex);
    PieceCursor cursor = compiled(regex);
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint == Character.MIN_SURROGATE) {
        codePoint = Character.MAX_SURROGATE + 1;
      }
      String letter = Character.toString(codePoint);
      for (String text :
          List.of(
              "a" + letter + "b", " " + letter + " \n", "'" + letter, "A" + letter + "\u4E00")) {
        assertEquals(words(cursor, text), words(scanner, text), text);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void end_ofRandomText_isThatOfTheCompiledRegex(KnownRegex regex) {
    Scanner scanner = KnownScanners.of(regex);
    PieceCursor cursor = compiled(regex);
    SplittableRandom random = new SplittableRandom(20261127);
    for (int left = 100_000; left > 0; left--) {
      StringBuilder letters = new StringBuilder();
      for (int count = 1 + random.nextInt(16); count > 0; count--) {
        letters.append(LETTERS.get(random.nextInt(LETTERS.size())));
      }
      String text = letters.toString();
      assertEquals(words(cursor, text), words(scanner, text), text);
    }
  }

  private static List<String> matches(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static List<String> words(Scanner scanner, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(utf8, utf8.length + Utf8.PADDING);
    List<String> words = new ArrayList<>();
    for (int at = 0; at < utf8.length; ) {
      int end = scanner.end(bytes, at, utf8.length);
      words.add(new String(bytes, at, end - at, StandardCharsets.UTF_8));
      at = end;
    }
    return words;
  }
}
