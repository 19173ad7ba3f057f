package dev.remora.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PrintableTest {
  @Test
  void of_controls_areEscaped() {
    assertEquals("a\\nb\\r\\t\\u001b[31m", Printable.of("a\nb\r\t\u001b[31m"));
    assertEquals("\\u0085\\u009b\\u007f\\u2028", Printable.of("\u0085\u009b\u007f\u2028"));
    assertEquals("\\u202e\\u2066\\u200f", Printable.of("\u202e\u2066\u200f"));
    assertEquals("\\ud83e", Printable.of("\ud83e"));
  }

  @Test
  void of_otherText_staysAsItIs() {
    String text = "Grüße, 世界 🦈 \\ \" \u200d";
    assertEquals(text, Printable.of(text));
  }

  @Test
  void of_longText_isCutAndCounted() {
    assertEquals("abc", Printable.of("abc", 3));
    assertEquals("abc… (4 characters)", Printable.of("abcd", 3));
    assertEquals("\\n\\n… (3 characters)", Printable.of("\n\n\n", 2));
    assertEquals("a\\ud83e… (3 characters)", Printable.of("a🦈", 2));
  }

  @Test
  void list_manyMembers_areCounted() {
    assertEquals("[]", Printable.list(List.of()));
    assertEquals("[1, a\\nb]", Printable.list(List.of(1, "a\nb")));
    assertEquals(
        "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, … (90 more)]",
        Printable.list(IntStream.range(0, 100).boxed().toList()));
  }
}
