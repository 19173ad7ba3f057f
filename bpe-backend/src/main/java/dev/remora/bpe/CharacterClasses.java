package dev.remora.bpe;

import java.util.Arrays;
import java.util.Set;

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

  private static final int PAGE_BITS = 7;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final short[]
      PAGES; // of each block of code points, the page that holds its classes
  private static final byte[] CLASSES;

  /** The class of each ASCII character. */
  static final byte[] ASCII;

  static {
    byte[] flat = classes();
    PAGES = new short[flat.length >> PAGE_BITS];
    byte[] pages = new byte[flat.length];
    int used = 0;
    for (int block = 0; block < PAGES.length; block++) {
      int page = page(pages, used, flat, block << PAGE_BITS);
      if (page == used) {
        System.arraycopy(flat, block << PAGE_BITS, pages, used++ << PAGE_BITS, PAGE);
      }
      PAGES[block] = (short) page;
    }
    CLASSES = Arrays.copyOf(pages, used << PAGE_BITS);
    ASCII = Arrays.copyOf(flat, PAGE);
  }

  private CharacterClasses() {}

  private static byte[] classes() {
    UnicodeTables tables = UnicodeTables.INSTANCE;
    byte[] flat = tables.classes.clone();
    tables.combining.keySet().forEach(mark -> flat[mark] |= MAY_CHANGE);
    Set<Integer> composed = Set.copyOf(tables.compositions.values());
    tables.decompositions.keySet().stream()
        .filter(codePoint -> !composed.contains(codePoint))
        .forEach(codePoint -> flat[codePoint] |= MAY_CHANGE);
    tables.compositions.keySet().forEach(pair -> flat[pair.intValue()] |= MAY_CHANGE);
    for (int jamo = Nfc.VOWELS; jamo < Nfc.VOWELS + Nfc.VOWEL_COUNT; jamo++) {
      flat[jamo] |= MAY_CHANGE;
    }
    for (int jamo = Nfc.TAILS + 1; jamo < Nfc.TAILS + Nfc.TAIL_COUNT; jamo++) {
      flat[jamo] |= MAY_CHANGE;
    }
    return flat;
  }

  private static int page(byte[] pages, int used, byte[] flat, int from) {
    for (int page = used - 1; page >= 0; page--) {
      int start = page << PAGE_BITS;
      if (Arrays.equals(pages, start, start + PAGE, flat, from, from + PAGE)) {
        return page;
      }
    }
    return used;
  }

  /** The class of a code point: category and flags. */
  static int of(int codePoint) {
    return CLASSES[PAGES[codePoint >> PAGE_BITS] << PAGE_BITS | (codePoint & (PAGE - 1))];
  }
}
