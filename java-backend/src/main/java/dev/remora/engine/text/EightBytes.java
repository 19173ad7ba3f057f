package dev.remora.engine.text;

/** Masks for eight bytes of a text that are read as one number. */
public final class EightBytes {
  /** The lowest bit of each byte. */
  public static final long EACH = 0x0101010101010101L;

  /** The highest bit of each byte, which ASCII does not have. */
  public static final long HIGHEST = EACH << 7;

  private EightBytes() {}
}
