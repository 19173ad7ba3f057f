package dev.remora.engine.normalize;

import dev.remora.engine.text.Utf8Text;

/** Normalization form C. Thread-safe. */
final class NfcStep implements NormalizationStep {
  @Override
  public boolean changes(Utf8Text text, int from, int to) {
    return CanonicalComposer.mayChange(text.bytes, from, to);
  }

  @Override
  public void apply(
      Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    buffers.composer.normalize(source, from, to, target);
  }
}
