package dev.remora.engine.normalize;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.CharacterClasses;
import dev.remora.engine.text.Utf8Text;
import java.util.Arrays;

/**
 * The normalization forms as the reference has them: those of Unicode 9, to which later characters
 * are inert.
 *
 * <p>Of one thread at a time.
 */
final class FormComposer {
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

  private final ChangedText text = new ChangedText();
  private int[] combining = new int[64]; // of each character of the text: its class

  /** Whether a range may change by a form; one that cannot need not be normalized. */
  static boolean mayChange(NormalForm form, byte[] bytes, int from, int to) {
    int first = form == NormalForm.NFC ? 0xCC : 0xC2; // below U+0300 NFC changes nothing
    int at = from;
    while (at < to) {
      byte lead = bytes[at];
      if (lead >= 0) {
        at++;
      } else if ((lead & 0xFF) < first) {
        at += 2;
      } else {
        if (mayChange(form, Utf8.codePointAt(bytes, at))) {
          return true;
        }
        at += Utf8.lengthOf(lead);
      }
    }
    return false;
  }

  private static boolean mayChange(NormalForm form, int codePoint) {
    boolean composes = (CharacterClasses.of(codePoint) & CharacterClasses.MAY_CHANGE) != 0;
    return switch (form) {
      case NFC -> composes;
      case NFKC -> composes || Compositions.isCompatible(codePoint);
      case NFD -> Compositions.mayChange(codePoint) || isSyllable(codePoint);
      case NFKD ->
          Compositions.mayChange(codePoint)
              || isSyllable(codePoint)
              || Compositions.isCompatible(codePoint);
    };
  }

  private static boolean isSyllable(int codePoint) {
    return codePoint >= SYLLABLES && codePoint < SYLLABLES + SYLLABLE_COUNT;
  }

  /** Appends the normalized form of a range to a target. */
  void normalize(NormalForm form, Utf8Text source, int from, int to, Utf8Text target) {
    text.clear();
    if (combining.length > MAX_KEPT) {
      combining = new int[64];
    }
    for (int at = from; at < to; at += Utf8.lengthOf(source.bytes[at])) {
      decompose(Utf8.codePointAt(source.bytes, at), form.isCompatible());
    }
    reorder();
    if (form.composes()) {
      compose();
    }
    text.write(source, from, to, target);
  }

  private void decompose(int codePoint, boolean compatible) {
    if (codePoint < 0xA0) {
      add(codePoint, 0, 0);
      return;
    }
    int syllable = codePoint - SYLLABLES;
    if (isSyllable(codePoint)) {
      add(LEADS + syllable / (VOWEL_COUNT * TAIL_COUNT), 0, 0);
      add(VOWELS + syllable % (VOWEL_COUNT * TAIL_COUNT) / TAIL_COUNT, 1, 0);
      if (syllable % TAIL_COUNT != 0) {
        add(TAILS + syllable % TAIL_COUNT, 1, 0);
      }
      return;
    }
    int[] parts = Compositions.parts(codePoint, compatible);
    if (parts == null) {
      add(codePoint, 0, Compositions.combiningClass(codePoint));
      return;
    }
    for (int part = 0; part < parts.length; part++) {
      add(parts[part], part == 0 ? 0 : 1, Compositions.combiningClass(parts[part]));
    }
  }

  private void add(int codePoint, int change, int combiningClass) {
    if (text.count == combining.length) {
      combining = Arrays.copyOf(combining, 2 * combining.length);
    }
    combining[text.count] = combiningClass;
    text.add(codePoint, change);
  }

  /** Sorts each run of marks by class; those of one class keep their order. */
  private void reorder() {
    int count = text.count;
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
      sortedPoints[index] = text.codePoints[(int) order[index]];
      sortedChanges[index] = text.changes[(int) order[index]];
      order[index] >>>= 32;
    }
    for (int index = 0; index < order.length; index++) {
      text.codePoints[from + index] = sortedPoints[index];
      text.changes[from + index] = sortedChanges[index];
      combining[from + index] = (int) order[index];
    }
  }

  private void compose() {
    int[] codePoints = text.codePoints;
    int[] changes = text.changes;
    int count = text.count;
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
    text.count = written;
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
}
