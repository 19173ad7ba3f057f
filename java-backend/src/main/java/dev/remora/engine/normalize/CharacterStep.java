package dev.remora.engine.normalize;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.Utf8Text;

/**
 * A step that changes each character by itself, into none, one or several, which come from where it
 * did. Thread-safe.
 */
abstract class CharacterStep implements NormalizationStep {
  private static final byte DROPPED = -1;

  /** Of each ASCII character: what it becomes, or {@link #DROPPED}; never several. */
  private final byte[] ascii = new byte[0x80];

  private boolean changesAscii;

  /** To be called by a constructor: an ASCII character becomes another one. */
  final void map(int from, int to) {
    ascii[from] = (byte) to;
    changesAscii |= from != to;
  }

  /** To be called by a constructor: an ASCII character is left out. */
  final void drop(int dropped) {
    map(dropped, DROPPED);
  }

  /** The ASCII characters as they are mapped; not to be changed. */
  final byte[] ascii() {
    return ascii;
  }

  /** Whether a code point that is not ASCII becomes another, several or none. */
  abstract boolean changes(int codePoint);

  /** Appends what such a code point becomes, which begins at a place of the source. */
  abstract void apply(int codePoint, Utf8Text source, int at, Utf8Text target);

  @Override
  public final boolean changes(Utf8Text text, int from, int to) {
    byte[] bytes = text.bytes;
    for (int at = from; at < to; ) {
      byte lead = bytes[at];
      if (lead >= 0) {
        if (changesAscii && ascii[lead] != lead) {
          return true;
        }
        at++;
      } else {
        if (changes(Utf8.codePointAt(bytes, at))) {
          return true;
        }
        at += Utf8.lengthOf(lead);
      }
    }
    return false;
  }

  @Override
  public final void apply(
      Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    byte[] bytes = source.bytes;
    for (int at = from; at < to; ) {
      at = target.appendAscii(source, at, to, ascii);
      int start = at;
      while (at < to && bytes[at] < 0) {
        int codePoint = Utf8.codePointAt(bytes, at);
        int end = at + Utf8.lengthOf(bytes[at]);
        if (changes(codePoint)) {
          target.append(source, start, at);
          apply(codePoint, source, at, target);
          start = end;
        }
        at = end;
      }
      target.append(source, start, at);
    }
  }
}
