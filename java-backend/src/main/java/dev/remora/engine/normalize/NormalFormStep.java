package dev.remora.engine.normalize;

import dev.remora.engine.text.Utf8Text;

/** One of Unicode's normalization forms. Thread-safe. */
final class NormalFormStep implements NormalizationStep {
  private final NormalForm form;

  NormalFormStep(NormalForm form) {
    this.form = form;
  }

  boolean isNfc() {
    return form == NormalForm.NFC;
  }

  @Override
  public boolean changes(Utf8Text text, int from, int to) {
    return FormComposer.mayChange(form, text.bytes, from, to);
  }

  @Override
  public void apply(
      Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    buffers.composer.normalize(form, source, from, to, target);
  }
}
