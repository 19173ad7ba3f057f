package dev.remora.core.text;

/** Tokens such as {@code <0x0A>}, each of which is one byte of text. */
public final class FallbackByte {
  private static final int LENGTH = 6;

  private FallbackByte() {}

  /** The byte that a token in UTF-8 is, 0 to 255; -1 for none, as for {@code <0x+A>}. */
  public static int of(byte[] utf8, int from, int to) {
    if (to - from != LENGTH
        || utf8[from] != '<'
        || utf8[from + 1] != '0'
        || utf8[from + 2] != 'x'
        || utf8[to - 1] != '>') {
      return -1;
    }
    int high = digit(utf8[from + 3]);
    int low = digit(utf8[from + 4]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** The token of a byte, 0 to 255, in UTF-8. */
  public static byte[] tokenOf(int value) {
    return new byte[] {'<', '0', 'x', hex(value >> 4), hex(value & 0xF), '>'};
  }

  private static byte hex(int digit) {
    return (byte) (digit < 10 ? '0' + digit : 'A' + digit - 10);
  }

  private static int digit(byte sign) {
    return sign < 0 ? -1 : Character.digit((char) sign, 16);
  }
}
