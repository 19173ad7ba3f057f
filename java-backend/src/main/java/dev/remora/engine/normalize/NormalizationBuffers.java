package dev.remora.engine.normalize;

import dev.remora.engine.text.Utf8Text;

/** What normalizing works in, used again and again. Of one thread at a time. */
public final class NormalizationBuffers {
  /** What steps write to, in turn. */
  final Utf8Text normalized = new Utf8Text();

  final Utf8Text spare = new Utf8Text();

  final CanonicalComposer composer = new CanonicalComposer();
}
