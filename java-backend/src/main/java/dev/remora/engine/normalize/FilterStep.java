package dev.remora.engine.normalize;

import dev.remora.engine.text.NormalizerClasses;
import dev.remora.engine.text.Utf8Text;

/** Leaves characters of some classes out, and puts a space for those of others. Thread-safe. */
final class FilterStep extends CharacterStep {
  private final int dropped;
  private final int blank;

  /**
   * A step.
   *
   * @param dropped flags of {@link NormalizerClasses}
   * @param blank flags of it
   */
  FilterStep(int dropped, int blank) {
    this.dropped = dropped;
    this.blank = blank;
    for (int sign = 0; sign < 0x80; sign++) {
      int flags = NormalizerClasses.of(sign);
      if ((flags & dropped) != 0) {
        drop(sign);
      } else {
        map(sign, (flags & blank) != 0 ? ' ' : sign);
      }
    }
  }

  @Override
  boolean changes(int codePoint) {
    return (NormalizerClasses.of(codePoint) & (dropped | blank)) != 0;
  }

  @Override
  void apply(int codePoint, Utf8Text source, int at, Utf8Text target) {
    if ((NormalizerClasses.of(codePoint) & dropped) == 0) {
      target.append(' ', source, at);
    }
  }
}
