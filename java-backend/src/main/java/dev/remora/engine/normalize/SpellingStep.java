package dev.remora.engine.normalize;

import dev.remora.core.text.ByteAlphabet;
import dev.remora.core.text.Utf8;
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
    byte[] bytes = source.bytes;
    for (int at = from; at < to; ) {
      int end = at + Utf8.lengthOf(bytes[at]);
      for (int index = at; index < end; index++) {
        target.append(ByteAlphabet.charOf(bytes[index] & 0xFF), source, at);
      }
      at = end;
    }
  }
}
