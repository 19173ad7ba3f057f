package dev.remora.engine.normalize;

import dev.remora.engine.text.Utf8Text;

/** One step of a normalizer. Thread-safe. */
public interface NormalizationStep {
  /** Whether the step would change the range; if not, it is not applied. */
  boolean changes(Utf8Text text, int from, int to);

  /** Appends what the range becomes. */
  void apply(Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers);
}
