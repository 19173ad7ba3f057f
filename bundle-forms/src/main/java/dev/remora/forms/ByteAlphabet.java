package dev.remora.forms;

/** GPT-2's way to spell bytes as printable characters, which byte-level vocabularies use. */
final class ByteAlphabet {
  /** What a byte is in a JSON string in UTF-8: one byte, or two with the first one above. */
  private static final char[] SPELLED = new char[256];

  static {
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      int character = printable ? b : next++;
      if (character == '"' || character == '\\') {
        SPELLED[b] = (char) ('\\' << 8 | character);
      } else if (character < 0x80) {
        SPELLED[b] = (char) character;
      } else {
        SPELLED[b] = (char) ((0xC0 | character >> 6) << 8 | 0x80 | (character & 0x3F));
      }
    }
  }

  private ByteAlphabet() {}

  /**
   * Writes bytes as a JSON string spells them, without quotes: at most two for each.
   *
   * @return the end of what was written
   */
  static int spell(byte[] bytes, int from, int to, byte[] json, int at) {
    int end = at;
    for (int i = from; i < to; i++) {
      char spelled = SPELLED[bytes[i] & 0xFF];
      if (spelled > 0xFF) {
        json[end++] = (byte) (spelled >> 8);
      }
      json[end++] = (byte) spelled;
    }
    return end;
  }
}
