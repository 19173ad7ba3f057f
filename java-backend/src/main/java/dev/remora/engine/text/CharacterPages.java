package dev.remora.engine.text;

import java.util.Arrays;

/**
 * Puts the classes of all code points into pages, one for each block of code points; blocks of one
 * class share theirs, as most do. Of one thread at a time.
 */
public final class CharacterPages {
  private static final short NONE = -1;

  private final int bits;
  private final short[] pages;
  private final short[] uniform = new short[256]; // of each class: the page that has no other
  private byte[] classes = new byte[1 << 16];
  private int used;

  /**
   * No classes yet.
   *
   * @param bits a block has two to this power code points
   */
  public CharacterPages(int bits) {
    this.bits = bits;
    this.pages = new short[(Character.MAX_CODE_POINT + 1) >> bits];
    Arrays.fill(pages, NONE);
    Arrays.fill(uniform, NONE);
  }

  /** Gives code points a class; to be called in their order. */
  public void fill(int from, int to, byte value) {
    int size = 1 << bits;
    for (int at = from; at < to; ) {
      int block = at >> bits;
      int end = Math.min(to, (block + 1) << bits);
      if (end - at == size) {
        pages[block] = uniform(value);
      } else {
        pages[block] = pages[block] == NONE ? add((byte) 0) : pages[block];
        int start = (pages[block] << bits) - (block << bits);
        Arrays.fill(classes, start + at, start + end, value);
      }
      at = end;
    }
  }

  private short uniform(byte value) {
    if (uniform[value & 0xFF] == NONE) {
      uniform[value & 0xFF] = add(value);
    }
    return uniform[value & 0xFF];
  }

  private short add(byte value) {
    if ((used + 1) << bits > classes.length) {
      classes = Arrays.copyOf(classes, 2 * classes.length);
    }
    Arrays.fill(classes, used << bits, (used + 1) << bits, value);
    return (short) used++;
  }

  /** Of each block: its page. */
  public short[] pages() {
    return pages;
  }

  /** The classes, page by page. */
  public byte[] classes() {
    return Arrays.copyOf(classes, used << bits);
  }
}
