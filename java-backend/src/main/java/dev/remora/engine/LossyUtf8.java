package dev.remora.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads bytes as UTF-8 as Rust does: each longest beginning of a character that is not completed
 * becomes one U+FFFD. Java's own decoder counts some of them otherwise.
 */
final class LossyUtf8 {
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

  private LossyUtf8() {}

  static String decode(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text; // nothing was replaced
    }
    byte[] repaired = new byte[Math.multiplyExact(to - from, REPLACEMENT.length)];
    int written = 0;
    int at = from;
    while (at < to) {
      int end = end(bytes, at, to);
      boolean whole = end - at == Utf8.lengthOf(bytes[at]) && isLead(bytes[at]);
      byte[] source = whole ? bytes : REPLACEMENT;
      int start = whole ? at : 0;
      int length = whole ? end - at : REPLACEMENT.length;
      System.arraycopy(source, start, repaired, written, length);
      written += length;
      at = end;
    }
    return new String(Arrays.copyOf(repaired, written), StandardCharsets.UTF_8);
  }

  private static boolean isLead(byte sign) {
    return sign >= 0 || (sign >= (byte) 0xC2 && sign <= (byte) 0xF4);
  }

  /** The end of the character that begins here, or of as much of it as is there. */
  private static int end(byte[] bytes, int from, int to) {
    byte lead = bytes[from];
    if (lead >= 0 || !isLead(lead) || from + 1 == to || !isSecond(lead, bytes[from + 1])) {
      return from + 1;
    }
    int most = Math.min(to, from + Utf8.lengthOf(lead));
    int at = from + 2;
    while (at < most && (bytes[at] & 0xC0) == 0x80) {
      at++;
    }
    return at;
  }

  /** Whether a byte may be the second of a character with this first one. */
  private static boolean isSecond(byte lead, byte second) {
    int value = second & 0xFF;
    return switch (lead & 0xFF) {
      case 0xE0 -> value >= 0xA0 && value <= 0xBF;
      case 0xED -> value >= 0x80 && value <= 0x9F;
      case 0xF0 -> value >= 0x90 && value <= 0xBF;
      case 0xF4 -> value >= 0x80 && value <= 0x8F;
      default -> value >= 0x80 && value <= 0xBF;
    };
  }
}
