package dev.remora.engine.normalize;

import dev.remora.engine.text.UnicodeTables;
import dev.remora.engine.text.Utf8Text;
import java.util.Objects;

/** Lower case, each character by itself. Thread-safe. */
final class LowercaseStep extends CharacterStep {
  private static final PartTable LOWER = PartTable.of(UnicodeTables.LOWERCASE);

  LowercaseStep() {
    for (int sign = 0; sign < 0x80; sign++) {
      map(sign, changes(sign) ? Objects.requireNonNull(LOWER.parts(sign))[0] : sign);
    }
  }

  @Override
  boolean changes(int codePoint) {
    return LOWER.parts(codePoint) != null;
  }

  @Override
  void apply(int codePoint, Utf8Text source, int at, Utf8Text target) {
    for (int lower : Objects.requireNonNull(LOWER.parts(codePoint))) {
      target.append(lower, source, at);
    }
  }
}
