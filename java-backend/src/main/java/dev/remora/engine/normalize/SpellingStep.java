package dev.remora.engine.normalize;

import dev.remora.engine.text.Utf8Text;

/** Spells each byte in the byte-level alphabet. Thread-safe. */
final class SpellingStep implements NormalizationStep {
  @Override
  public boolean changes(Utf8Text text, int from, int to) {
    return true;
  }

  @Override
  public void apply(
      Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    target.appendSpelled(source, from, to);
  }
}
