package dev.remora.engine.text;

/** What normalizers ask about a code point: a sum of flags. */
public final class NormalizerClasses {
  /** A combining mark to StripAccents. */
  public static final int ACCENT = 1;

  /** A combining mark to BertNormalizer. */
  public static final int NONSPACING = 2;

  /** What BertNormalizer drops to clean a text. */
  public static final int CONTROL = 4;

  /** What BertNormalizer puts spaces around. */
  public static final int IDEOGRAPH = 8;

  /** What Nmt drops. */
  public static final int NMT_DROPPED = 0x10;

  /** What Nmt makes a space. */
  public static final int NMT_BLANK = 0x20;

  /** What BertNormalizer makes a space, other than a space. */
  public static final int BLANK = 0x40;

  private static final int PAGE_BITS = 7;
  private static final short[] PAGES;
  private static final byte[] CLASSES;

  static {
    CharacterPages pages = UnicodeTables.pages(UnicodeTables.NORMALIZERS, PAGE_BITS);
    PAGES = pages.pages();
    CLASSES = pages.classes();
  }

  private NormalizerClasses() {}

  /** The flags of a code point. */
  public static int of(int codePoint) {
    return CLASSES[
        PAGES[codePoint >> PAGE_BITS] << PAGE_BITS | (codePoint & ((1 << PAGE_BITS) - 1))];
  }
}
