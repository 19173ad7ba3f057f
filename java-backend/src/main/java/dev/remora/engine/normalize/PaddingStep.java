package dev.remora.engine.normalize;

import dev.remora.engine.text.NormalizerClasses;
import dev.remora.engine.text.Utf8Text;

/** Puts spaces around what BERT takes for Chinese. Thread-safe. */
final class PaddingStep extends CharacterStep {
  PaddingStep() {
    for (int sign = 0; sign < 0x80; sign++) {
      map(sign, sign);
    }
  }

  @Override
  boolean changes(int codePoint) {
    return (NormalizerClasses.of(codePoint) & NormalizerClasses.IDEOGRAPH) != 0;
  }

  @Override
  void apply(int codePoint, Utf8Text source, int at, Utf8Text target) {
    target.append(' ', source, at);
    target.append(codePoint, source, at);
    target.append(' ', source, at);
  }
}
