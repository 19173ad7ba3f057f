package dev.remora.core.engine;

/**
 * Bytes to text one by one. Each longest part that cannot become a character gives one U+FFFD, as
 * Unicode recommends and Rust does; Java's own decoders differ on encoded surrogates.
 */
final class Utf8Decoder {
  private static final char REPLACEMENT = '\uFFFD';

  private int missing;
  private int lowest;
  private int highest;
  private int codePoint;
  private boolean malformed;

  /** Takes a byte and appends the characters that it settles. */
  void push(byte value, StringBuilder text) {
    int unit = value & 0xFF;
    if (missing == 0) {
      begin(unit, text);
    } else if (unit < lowest || unit > highest) {
      replace(text);
      begin(unit, text);
    } else {
      proceed(unit, text);
    }
  }

  private void begin(int unit, StringBuilder text) {
    if (unit < 0x80) {
      text.append((char) unit);
    } else if (unit >= 0xC2 && unit <= 0xDF) {
      expect(1, unit & 0x1F, 0x80, 0xBF);
    } else if (unit >= 0xE0 && unit <= 0xEF) {
      expect(2, unit & 0x0F, unit == 0xE0 ? 0xA0 : 0x80, unit == 0xED ? 0x9F : 0xBF);
    } else if (unit >= 0xF0 && unit <= 0xF4) {
      expect(3, unit & 0x07, unit == 0xF0 ? 0x90 : 0x80, unit == 0xF4 ? 0x8F : 0xBF);
    } else {
      replace(text);
    }
  }

  private void expect(int bytes, int bits, int from, int to) {
    missing = bytes;
    codePoint = bits;
    lowest = from;
    highest = to;
  }

  private void proceed(int unit, StringBuilder text) {
    codePoint = codePoint << 6 | (unit & 0x3F);
    lowest = 0x80;
    highest = 0xBF;
    if (--missing == 0) {
      text.appendCodePoint(codePoint);
    }
  }

  private void replace(StringBuilder text) {
    missing = 0;
    malformed = true;
    text.append(REPLACEMENT);
  }

  /** Ends the bytes: an unfinished character is replaced. */
  void finish(StringBuilder text) {
    if (missing > 0) {
      replace(text);
    }
  }

  /** Whether a character is unfinished. */
  boolean isUnfinished() {
    return missing > 0;
  }

  /** Whether anything was replaced so far. */
  boolean isMalformed() {
    return malformed;
  }
}
