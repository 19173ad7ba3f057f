package dev.remora.engine;

import java.nio.ByteBuffer;

/**
 * The class of each code point: what the regexes of the pre-tokenizers, the flags of added tokens
 * and the normalization ask about it. Categories are those of Unicode 16.
 */
final class CharacterClasses {
  /** Categories: the lowest four bits. */
  static final int CATEGORY = 0x0F;

  static final int OTHER = 0;
  static final int UPPER = 1;
  static final int LOWER = 2;
  static final int TITLE = 3;
  static final int MODIFIER = 4;
  static final int OTHER_LETTER = 5;
  static final int MARK = 6;
  static final int NUMBER = 7;
  static final int SPACE = 8;

  /** Flag: a word character to the flag single_word of added tokens. */
  static final int WORD = 0x10;

  /** Flag: a text with it may not be in NFC; one without any is. */
  static final int MAY_CHANGE = 0x20;

  /** Flag: a Han character, which may be a letter, a number, a mark or a symbol. */
  static final int HAN = 0x40;

  /** Flag: a punctuation mark or a symbol. */
  static final int SIGN = 0x80;

  private static final int PAGE_BITS = 7;
  private static final short[] PAGES; // of each block of code points: where its classes stand
  private static final byte[] CLASSES;

  /** The class of each ASCII character. */
  static final byte[] ASCII;

  static {
    CharacterPages pages = new CharacterPages(PAGE_BITS);
    ByteBuffer in = UnicodeTables.read(UnicodeTables.CLASSES);
    int from = 0;
    while (in.hasRemaining()) {
      byte value = in.get();
      int to = UnicodeTables.codePoint(in);
      pages.fill(from, to, value);
      from = to;
    }
    PAGES = pages.pages();
    CLASSES = pages.classes();
    ASCII = new byte[0x80];
    for (int codePoint = 0; codePoint < ASCII.length; codePoint++) {
      ASCII[codePoint] = (byte) of(codePoint);
    }
  }

  private CharacterClasses() {}

  /** The class of a code point: category and flags. */
  static int of(int codePoint) {
    return CLASSES[
        PAGES[codePoint >> PAGE_BITS] << PAGE_BITS | (codePoint & ((1 << PAGE_BITS) - 1))];
  }
}
