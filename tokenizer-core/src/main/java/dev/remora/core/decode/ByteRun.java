package dev.remora.core.decode;

import dev.remora.core.text.Utf8;

/**
 * The bytes of a run of byte-fallback tokens that no other token has ended yet. Not thread-safe: a
 * run belongs to one generation.
 */
final class ByteRun {
  private final ByteText bytes = new ByteText(0);
  private int whole; // the end of the characters that are complete
  private boolean open;
  private boolean broken;

  /** Whether a byte came since the last other token. */
  boolean isOpen() {
    return open;
  }

  /** Whether the bytes of the run cannot be UTF-8 any more, whatever follows. */
  boolean isBroken() {
    return broken;
  }

  /** Whether the bytes are characters that are complete. */
  boolean isWhole() {
    return !broken && whole == bytes.length();
  }

  /** The bytes that were not handed on yet. */
  ByteText bytes() {
    return bytes;
  }

  void add(byte value) {
    open = true;
    bytes.append(value);
    if (!broken) {
      proceed(value);
    }
  }

  private void proceed(byte value) {
    byte lead = bytes.bytes()[whole];
    int count = bytes.length() - whole;
    boolean fits =
        switch (count) {
          case 1 -> Utf8.isLead(lead);
          case 2 -> Utf8.mayFollow(lead, value);
          default -> Utf8.isContinuation(value);
        };
    broken = !fits;
    if (fits && count == Utf8.lengthOf(lead)) {
      whole += count;
    }
  }

  /** Forgets the bytes, which were handed on; the run goes on. */
  void clear() {
    bytes.clear();
    whole = 0;
  }

  /** Ends the run. */
  void close() {
    clear();
    open = false;
    broken = false;
  }
}
