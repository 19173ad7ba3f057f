package dev.remora.forms;

/** GPT-2's way to spell bytes as printable characters, which byte-level vocabularies use. */
final class ByteAlphabet {
  private static final char[] CHARACTERS = new char[256];

  static {
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      CHARACTERS[b] = (char) (printable ? b : next++);
    }
  }

  private ByteAlphabet() {}

  /** Appends bytes as a JSON string spells them, without quotes. */
  static void append(StringBuilder json, byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = CHARACTERS[bytes[i] & 0xFF];
      if (c == '"' || c == '\\') {
        json.append('\\');
      }
      json.append(c);
    }
  }
}
