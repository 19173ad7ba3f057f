package dev.remora.forms;

/** The UTF-8 of single characters. */
final class Utf8 {
  private Utf8() {}

  /** How many bytes the character at {@code at} has; 0 if it is a control or no UTF-8. */
  static int lengthAt(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return first < 0x20 ? 0 : 1;
    }
    if (first >= 0xC2 && first < 0xE0) { // most of what is not ASCII in a vocabulary
      return at + 1 < bytes.length && (bytes[at + 1] & 0xC0) == 0x80 ? 2 : 0;
    }
    int length = first < 0xC2 ? 0 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** Writes a code point, and returns where the next one goes. */
  static int encode(int codePoint, byte[] target, int at) {
    if (codePoint < 0x80) {
      target[at] = (byte) codePoint;
      return at + 1;
    }
    if (codePoint < 0x800) {
      target[at] = (byte) (0xC0 | codePoint >> 6);
      target[at + 1] = (byte) (0x80 | (codePoint & 0x3F));
      return at + 2;
    }
    if (codePoint < 0x10000) {
      target[at] = (byte) (0xE0 | codePoint >> 12);
      target[at + 1] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
      target[at + 2] = (byte) (0x80 | (codePoint & 0x3F));
      return at + 3;
    }
    target[at] = (byte) (0xF0 | codePoint >> 18);
    target[at + 1] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
    target[at + 2] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
    target[at + 3] = (byte) (0x80 | (codePoint & 0x3F));
    return at + 4;
  }
}
