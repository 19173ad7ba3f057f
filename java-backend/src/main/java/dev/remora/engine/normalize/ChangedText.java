package dev.remora.engine.normalize;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.Utf8Text;
import java.util.Arrays;

/**
 * What a text becomes, character by character, and how each came about, as the reference counts it
 * for offsets: 0 for a character in place of one of the text, 1 for an additional one, -n for one
 * that swallowed n others. Of one thread at a time.
 */
final class ChangedText {
  private static final int MAX_KEPT = 1 << 16; // larger arrays are not kept for the next text

  int[] codePoints = new int[64];
  int[] changes = new int[64];
  int count;

  void clear() {
    count = 0;
    if (codePoints.length > MAX_KEPT) {
      codePoints = new int[64];
      changes = new int[64];
    }
  }

  void add(int codePoint, int change) {
    if (count == codePoints.length) {
      codePoints = Arrays.copyOf(codePoints, 2 * count);
      changes = Arrays.copyOf(changes, 2 * count);
    }
    codePoints[count] = codePoint;
    changes[count++] = change;
  }

  /**
   * Adds what so many characters become. Of more characters the last are additional; of fewer, the
   * last swallows the rest; for none, whatever was added last does.
   */
  void replace(int characters, byte[] utf8) {
    int before = count;
    for (int at = 0; at < utf8.length; at += Utf8.lengthOf(utf8[at])) {
      add(Utf8.codePointAt(utf8, at), 0);
    }
    int more = count - before - characters;
    for (int index = 1; index <= more; index++) {
      changes[count - index] = 1;
    }
    if (more < 0 && count > 0) {
      changes[count - 1] += more;
    }
  }

  /** Appends the characters; each comes from where the count of changes says, right or wrong. */
  void write(Utf8Text source, int from, int to, Utf8Text target) {
    int at = from;
    for (int index = 0; index < count; index++) {
      int change = changes[index];
      if (change > 0) {
        target.append(codePoints[index], source, at > from ? at - 1 : -1);
        continue;
      }
      target.append(codePoints[index], source, Math.min(at, to - 1));
      for (int swallowed = change; swallowed <= 0 && at < to; swallowed++) {
        at += Utf8.lengthOf(source.bytes[at]);
      }
    }
  }
}
