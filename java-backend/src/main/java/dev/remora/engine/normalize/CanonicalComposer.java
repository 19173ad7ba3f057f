package dev.remora.engine.normalize;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.CharacterClasses;
import dev.remora.engine.text.Utf8Text;
import java.util.Arrays;

/**
 * Normalization form C as the reference has it: that of Unicode 9, to which later characters are
 * inert. Also says for each character how it came about, as the reference counts it for offsets: 0
 * for a character in place of one of the text, 1 for an additional one, -n for one that swallowed n
 * others.
 *
 * <p>Of one thread at a time.
 */
final class CanonicalComposer {
  /** The first vowel of Hangul. */
  static final int VOWELS = 0x1161;

  static final int VOWEL_COUNT = 21;
  static final int TAILS = 0x11A7;
  static final int TAIL_COUNT = 28;

  private static final int LEADS = 0x1100;
  private static final int LEAD_COUNT = 19;
  private static final int SYLLABLES = 0xAC00;
  private static final int SYLLABLE_COUNT = LEAD_COUNT * VOWEL_COUNT * TAIL_COUNT;

  private static final int MAX_KEPT = 1 << 16; // larger arrays are not kept for the next text

  private int[] codePoints = new int[64];
  private int[] changes = new int[64];
  private int[] combining = new int[64];
  private int count;

  /** Whether a text may change; one that cannot need not be normalized. */
  static boolean mayChange(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      byte lead = bytes[at];
      if (lead >= 0) {
        at++;
      } else if (lead < (byte) 0xCC) { // below U+0300
        at += 2;
      } else {
        if ((CharacterClasses.of(Utf8.codePointAt(bytes, at)) & CharacterClasses.MAY_CHANGE) != 0) {
          return true;
        }
        at += Utf8.lengthOf(lead);
      }
    }
    return false;
  }

  /** Appends the normalized form of a range to a target. */
  void normalize(Utf8Text source, int from, int to, Utf8Text target) {
    count = 0;
    for (int at = from; at < to; at += Utf8.lengthOf(source.bytes[at])) {
      decompose(Utf8.codePointAt(source.bytes, at));
    }
    reorder();
    compose();
    write(source, from, to, target);
    if (codePoints.length > MAX_KEPT) {
      codePoints = new int[64];
      changes = new int[64];
      combining = new int[64];
    }
  }

  private void decompose(int codePoint) {
    if (codePoint < 0xC0) {
      add(codePoint, 0, 0);
      return;
    }
    int syllable = codePoint - SYLLABLES;
    if (syllable >= 0 && syllable < SYLLABLE_COUNT) {
      add(LEADS + syllable / (VOWEL_COUNT * TAIL_COUNT), 0, 0);
      add(VOWELS + syllable % (VOWEL_COUNT * TAIL_COUNT) / TAIL_COUNT, 1, 0);
      if (syllable % TAIL_COUNT != 0) {
        add(TAILS + syllable % TAIL_COUNT, 1, 0);
      }
      return;
    }
    int[] parts = Compositions.parts(codePoint);
    for (int part = 0; part < parts.length; part++) {
      add(parts[part], part == 0 ? 0 : 1, Compositions.combiningClass(parts[part]));
    }
  }

  private void add(int codePoint, int change, int combiningClass) {
    if (count == codePoints.length) {
      codePoints = Arrays.copyOf(codePoints, 2 * count);
      changes = Arrays.copyOf(changes, 2 * count);
      combining = Arrays.copyOf(combining, 2 * count);
    }
    codePoints[count] = codePoint;
    changes[count] = change;
    combining[count++] = combiningClass;
  }

  /** Sorts each run of marks by class; those of one class keep their order. */
  private void reorder() {
    int at = 0;
    while (at < count) {
      if (combining[at] == 0) {
        at++;
        continue;
      }
      int end = at + 1;
      boolean sorted = true;
      while (end < count && combining[end] != 0) {
        sorted &= combining[end] >= combining[end - 1];
        end++;
      }
      if (!sorted) {
        sort(at, end);
      }
      at = end;
    }
  }

  private void sort(int from, int to) {
    long[] order = new long[to - from];
    for (int index = 0; index < order.length; index++) {
      order[index] = (long) combining[from + index] << 32 | (from + index);
    }
    Arrays.sort(order);
    int[] sortedPoints = new int[order.length];
    int[] sortedChanges = new int[order.length];
    for (int index = 0; index < order.length; index++) {
      sortedPoints[index] = codePoints[(int) order[index]];
      sortedChanges[index] = changes[(int) order[index]];
      order[index] >>>= 32;
    }
    for (int index = 0; index < order.length; index++) {
      codePoints[from + index] = sortedPoints[index];
      changes[from + index] = sortedChanges[index];
      combining[from + index] = (int) order[index];
    }
  }

  private void compose() {
    int written = 0;
    int starter = -1; // where the character is that may still compose
    int last = 0; // the class of the mark written last after it
    for (int index = 0; index < count; index++) {
      int composed = -1;
      boolean blocked = last != 0 && last >= combining[index];
      if (starter >= 0 && !blocked) {
        composed = composed(codePoints[starter], codePoints[index]);
      }
      if (composed >= 0) {
        codePoints[starter] = composed;
        changes[starter] += changes[index] - 1;
        continue;
      }
      if (combining[index] == 0) {
        starter = written;
      }
      last = combining[index];
      codePoints[written] = codePoints[index];
      changes[written] = changes[index];
      combining[written++] = combining[index];
    }
    count = written;
  }

  private static int composed(int first, int second) {
    int lead = first - LEADS;
    int vowel = second - VOWELS;
    if (lead >= 0 && lead < LEAD_COUNT && vowel >= 0 && vowel < VOWEL_COUNT) {
      return SYLLABLES + (lead * VOWEL_COUNT + vowel) * TAIL_COUNT;
    }
    int syllable = first - SYLLABLES;
    int tail = second - TAILS;
    if (syllable >= 0
        && syllable < SYLLABLE_COUNT
        && syllable % TAIL_COUNT == 0
        && tail > 0
        && tail < TAIL_COUNT) {
      return first + tail;
    }
    return Compositions.composed(first, second);
  }

  /** Each character comes from where the reference's count of changes says, right or wrong. */
  private void write(Utf8Text source, int from, int to, Utf8Text target) {
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
