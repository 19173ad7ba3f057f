package dev.remora.engine.text;

/**
 * What tells where clusters of characters end: the classes of Unicode's annex 29 as far as they
 * matter to clusters of less than six bytes, which are all that anyone asks for.
 */
public final class GraphemeClasses {
  /** The class: the lowest four bits. */
  public static final int CLASS = 0x0F;

  /** None of the others. */
  public static final int OTHER = 0;

  /** A carriage return. */
  public static final int CR = 1;

  /** A line feed. */
  public static final int LF = 2;

  /** Another control character. */
  public static final int CONTROL = 3;

  /** A mark that extends what is before it. */
  public static final int EXTEND = 4;

  /** The joiner of pictographs. */
  public static final int ZWJ = 5;

  /** A spacing mark. */
  public static final int SPACING = 6;

  /** What joins what is after it. */
  public static final int PREPEND = 7;

  /** An emoji or the like. */
  public static final int PICTOGRAPH = 8;

  /** A leading consonant of Hangul. */
  public static final int LEAD = 9;

  /** A vowel of Hangul. */
  public static final int VOWEL = 10;

  /** A trailing consonant of Hangul. */
  public static final int TAIL = 11;

  /** A syllable of Hangul without a trailing consonant. */
  public static final int OPEN_SYLLABLE = 12;

  /** One with it. */
  public static final int CLOSED_SYLLABLE = 13;

  /** A consonant of a script of India that a linker joins to the next. */
  public static final int CONSONANT = 14;

  /** Flag: such a linker. */
  public static final int LINKER = 0x10;

  /** Flag: what may stand between consonant and linker. */
  public static final int CONJOINING = 0x20;

  private static final int PAGE_BITS = 7;
  private static final short[] PAGES;
  private static final byte[] CLASSES;

  static {
    CharacterPages pages = UnicodeTables.pages(UnicodeTables.GRAPHEMES, PAGE_BITS);
    PAGES = pages.pages();
    CLASSES = pages.classes();
  }

  private GraphemeClasses() {}

  /** The class of a code point, and its flags. */
  public static int of(int codePoint) {
    return CLASSES[
        PAGES[codePoint >> PAGE_BITS] << PAGE_BITS | (codePoint & ((1 << PAGE_BITS) - 1))];
  }
}
