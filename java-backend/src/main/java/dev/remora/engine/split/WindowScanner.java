package dev.remora.engine.split;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.EightBytes;

/**
 * A scanner of a regex that an {@link AsciiWindow} knows: where ASCII goes on for long, pre-tokens
 * are told many at once. Thread-safe.
 */
abstract class WindowScanner extends RegexScanner {
  private static final int ENOUGH = 24; // bytes in sight that are worth another look

  /** Where pre-tokens begin in what a window looks at; only what is sure of it counts. */
  abstract long starts(AsciiWindow window);

  @Override
  public final int ends(byte[] bytes, int from, int to, int[] ends, AsciiWindow window) {
    int count = 0;
    int at = from;
    boolean sees = false;
    while (at < to && count < ends.length) {
      if (!sees || window.left(at) < ENOUGH) {
        sees = to - at >= AsciiWindow.BYTES && isAscii(bytes, at);
        if (sees) {
          window.load(bytes, at);
        }
      }
      if (sees) {
        int start = at;
        window.look(start);
        long starts = window.sure(starts(window));
        for (; starts != 0 && count < ends.length; starts &= starts - 1) {
          at = start + Long.numberOfTrailingZeros(starts);
          ends[count++] = at;
        }
        if (count == ends.length || window.left(at) < ENOUGH) {
          continue;
        }
      }
      at = end(bytes, at, to);
      ends[count++] = at;
    }
    return count;
  }

  /** Whether it is worth looking. */
  private static boolean isAscii(byte[] bytes, int at) {
    return (Utf8.longAt(bytes, at) & EightBytes.HIGHEST) == 0;
  }
}
