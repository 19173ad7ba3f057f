package dev.remora.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.cli.verb.CommandFailure;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

/** What a JVM under another locale makes of arguments, and what the system says was sent. */
class SentArgumentsTest {
  private static final String SENT = "java\0-Dx\0Main\0encode\0é🦈\0\0";

  private static String[] asSent(Charset encoding, byte[] commandLine, String... read) {
    return SentArguments.asSent(read, encoding, commandLine);
  }

  private static String as(Charset encoding, String text) {
    return new String(text.getBytes(UTF_8), encoding);
  }

  @Test
  void asciiLocale_losesNothing() {
    String[] sent = asSent(US_ASCII, SENT.getBytes(UTF_8), "encode", as(US_ASCII, "é🦈"), "");
    assertArrayEquals(new String[] {"encode", "é🦈", ""}, sent);
  }

  @Test
  void latinLocale_isReadAsUtf8() {
    String[] sent = asSent(ISO_8859_1, SENT.getBytes(UTF_8), "encode", as(ISO_8859_1, "é🦈"), "");
    assertArrayEquals(new String[] {"encode", "é🦈", ""}, sent);
  }

  @Test
  void replacementCharacter_thatWasSent_isKept() {
    assertArrayEquals(
        new String[] {"\uFFFD"}, asSent(UTF_8, "java\0\uFFFD\0".getBytes(UTF_8), "\uFFFD"));
  }

  @Test
  void brokenUtf8_isRefused() {
    CommandFailure failure =
        assertThrows(
            CommandFailure.class,
            () -> asSent(UTF_8, "java\0a\0b\u00FF\0".getBytes(ISO_8859_1), "a", "b\uFFFD"));
    assertEquals("argument 2 is not UTF-8 at byte 1", failure.getMessage());
  }

  @Test
  void argumentsThatCannotBeKnown_areRefused() {
    for (String commandLine : new String[] {"", "java\0@options\0", "java\0a\0b\0"}) {
      CommandFailure failure =
          assertThrows(
              CommandFailure.class,
              () -> asSent(US_ASCII, commandLine.getBytes(UTF_8), "encode", "\uFFFD\uFFFD"));
      assertTrue(
          String.valueOf(failure.getMessage()).startsWith("argument 1 did not arrive whole"));
    }
  }
}
