package dev.remora.core.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The byte-level alphabet: GPT-2's spelling of bytes as characters. Printable ones stand for
 * themselves, the others for the characters from U+0100 on.
 */
public final class ByteAlphabet {
  private static final int END = 0x144; // one more than the highest character
  private static final char[] CHARS = new char[256];
  private static final short[] BYTES = new short[END];

  static {
    Arrays.fill(BYTES, (short) -1);
    char next = 0x100;
    for (int value = 0; value < 256; value++) {
      boolean printable = (value >= '!' && value <= '~') || (value >= 0xA1 && value != 0xAD);
      CHARS[value] = printable ? (char) value : next++;
      BYTES[CHARS[value]] = (short) value;
    }
  }

  private ByteAlphabet() {}

  /** The character that stands for a byte, given as 0 to 255. */
  public static char charOf(int value) {
    return CHARS[value];
  }

  /** The token, in UTF-8, that stands for one byte, given as 0 to 255. */
  public static byte[] tokenOf(int value) {
    return String.valueOf(CHARS[value]).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Spells bytes: at most two bytes of UTF-8 for each.
   *
   * @return the end of what was written
   */
  public static int spell(byte[] bytes, int from, int to, byte[] target, int at) {
    int end = at;
    for (int index = from; index < to; index++) {
      end = Utf8.put(CHARS[bytes[index] & 0xFF], target, end);
    }
    return end;
  }

  /**
   * Writes the bytes that a token spells, in place of the token or elsewhere.
   *
   * @return the end of what was written; -1 if the token holds a character that stands for no byte
   */
  public static int decode(byte[] utf8, int from, int to, byte[] target, int at) {
    int written = at;
    int next = from;
    while (next < to) {
      int lead = utf8[next] & 0xFF;
      int codePoint;
      if (lead < 0x80) {
        codePoint = lead;
        next++;
      } else if (lead < 0xE0 && next + 1 < to) {
        codePoint = (lead & 0x1F) << 6 | (utf8[next + 1] & 0x3F);
        next += 2;
      } else {
        return -1;
      }
      if (codePoint >= END || BYTES[codePoint] < 0) {
        return -1;
      }
      target[written++] = (byte) BYTES[codePoint];
    }
    return written;
  }
}
