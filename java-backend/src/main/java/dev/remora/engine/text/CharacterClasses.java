package dev.remora.engine.text;

import dev.remora.core.text.Utf8;

/**
 * The class of each code point: what the regexes of the pre-tokenizers, the flags of added tokens
 * and the normalization ask about it. Categories are those of Unicode 16.
 */
public final class CharacterClasses {
  /** The category: the lowest four bits. */
  public static final int CATEGORY = 0x0F;

  /** No letter, number, mark or white space. */
  public static final int OTHER = 0;

  /** An upper-case letter. */
  public static final int UPPER = 1;

  /** A lower-case letter. */
  public static final int LOWER = 2;

  /** A title-case letter. */
  public static final int TITLE = 3;

  /** A modifier letter. */
  public static final int MODIFIER = 4;

  /** A letter without case. */
  public static final int OTHER_LETTER = 5;

  /** A mark. */
  public static final int MARK = 6;

  /** A number. */
  public static final int NUMBER = 7;

  /** White space. */
  public static final int SPACE = 8;

  /** Flag: a word character to the flag single_word of added tokens. */
  public static final int WORD = 0x10;

  /** Flag: a text with it may not be in NFC; one without any is. */
  public static final int MAY_CHANGE = 0x20;

  /** Flag: a Han character, which may be a letter, a number, a mark or a symbol. */
  public static final int HAN = 0x40;

  /** Flag: a punctuation mark or a symbol. */
  public static final int SIGN = 0x80;

  private static final int PAGE_BITS = 7;
  private static final short[] PAGES; // of each block of code points: where its classes begin
  private static final byte[] CLASSES;

  private static final byte[] ASCII; // the class of each ASCII character

  static {
    CharacterPages pages = UnicodeTables.pages(UnicodeTables.CLASSES, PAGE_BITS);
    PAGES = pages.pages();
    CLASSES = pages.classes();
    ASCII = new byte[0x80];
    for (int codePoint = 0; codePoint < ASCII.length; codePoint++) {
      ASCII[codePoint] = (byte) of(codePoint);
    }
  }

  private CharacterClasses() {}

  /** The class of a code point: category and flags. */
  public static int of(int codePoint) {
    return CLASSES[
        PAGES[codePoint >> PAGE_BITS] << PAGE_BITS | (codePoint & ((1 << PAGE_BITS) - 1))];
  }

  /** The class of the character at a place: category and flags. */
  public static int classAt(byte[] bytes, int at) {
    int lead = bytes[at];
    return lead >= 0 ? ASCII[lead] : of(Utf8.codePointAt(bytes, at));
  }

  /** The category of the character at a place. */
  public static int categoryAt(byte[] bytes, int at) {
    return classAt(bytes, at) & CATEGORY;
  }

  /** Whether the character at a place is white space. */
  public static boolean isSpace(byte[] bytes, int at) {
    return categoryAt(bytes, at) == SPACE;
  }

  /** Whether a category is of {@code \p{L}}. */
  public static boolean isLetter(int category) {
    return category >= UPPER && category <= OTHER_LETTER;
  }

  /** Whether a category is of {@code [\p{L}\p{M}]}. */
  public static boolean isLetterOrMark(int category) {
    return category >= UPPER && category <= MARK;
  }

  /** Whether a category is of <code>[^\s\p{L}\p{N}]</code>; marks are. */
  public static boolean isOther(int category) {
    return category == OTHER || category == MARK;
  }

  /** Whether a category is of {@code [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]}. */
  public static boolean isCapitalLike(int category) {
    return isLetterOrMark(category) && category != LOWER;
  }

  /** Whether a category is of {@code [\p{Ll}\p{Lm}\p{Lo}\p{M}]}. */
  public static boolean isSmallLike(int category) {
    return category == LOWER || (category >= MODIFIER && category <= MARK);
  }
}
