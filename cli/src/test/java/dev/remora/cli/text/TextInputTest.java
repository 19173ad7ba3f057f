package dev.remora.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.LimitException;
import dev.remora.cli.verb.CommandFailure;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextInputTest {
  private static TextInput input(String text, int most) {
    return new TextInput(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), "input", most);
  }

  private static List<String> lines(String text, int most) {
    List<String> lines = new ArrayList<>();
    input(text, most).eachLine(lines::add);
    return lines;
  }

  @Test
  void all_atTheBound_passes() {
    assertEquals("a\nb", input("a\nb", 3).all());
  }

  @Test
  void all_aboveTheBound_isALimit() {
    LimitException failure = assertThrows(LimitException.class, () -> input("abcdefgh", 3).all());
    assertEquals("bytes of input", failure.limit());
    assertEquals(3, failure.bound());
    assertEquals(4, failure.observed());
  }

  @Test
  void eachLine_boundsALine_notTheWhole() {
    assertEquals(List.of("abc", "", "de", "f"), lines("abc\n\nde\r\nf", 3));
    LimitException failure = assertThrows(LimitException.class, () -> lines("abc\nabcd", 3));
    assertEquals("bytes in line 2 of input", failure.limit());
  }

  @Test
  void brokenUtf8_isNamedWithItsPlace() {
    String broken = "\u00C3\u00A9\u00EF\u00BF\u00BD\u00C3"; // é, U+FFFD, half an é
    CommandFailure whole = assertThrows(CommandFailure.class, () -> input(broken, 9).all());
    assertEquals("input is not UTF-8 at byte 5", whole.getMessage());
    CommandFailure line = assertThrows(CommandFailure.class, () -> lines("a\n" + broken, 9));
    assertEquals("line 2: the line is not UTF-8 at byte 5", line.getMessage());
    assertEquals("é\uFFFD", input(broken.substring(0, 5), 9).all());
  }
}
