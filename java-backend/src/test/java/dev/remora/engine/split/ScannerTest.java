package dev.remora.engine.split;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.core.regex.KnownRegex;
import dev.remora.core.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Letters that are scanned several at a time end where the regex ends them. */
final class ScannerTest {
  private static final int BOUND = 0x500; // above: nothing is scanned several at a time
  private static final int PLACES = 10; // more than there are in one step

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
