package dev.remora.engine.normalize;

import dev.remora.core.definition.Normalizer;
import dev.remora.engine.text.NormalizerClasses;
import dev.remora.engine.text.Utf8Text;
import java.util.ArrayList;
import java.util.List;

/**
 * BERT's normalizer: control characters dropped and blanks made spaces, spaces around Chinese,
 * accents stripped, lower case. ASCII goes through all of them in one look; what is between goes
 * through one after the other, for no ASCII character changes what they do beside it, unless it is
 * dropped. Thread-safe.
 */
final class BertStep implements NormalizationStep {
  private final NormalizationPipeline steps;
  private final byte[] ascii = new byte[0x80];

  BertStep(Normalizer.Bert settings) {
    List<NormalizationStep> parts = new ArrayList<>();
    for (int sign = 0; sign < ascii.length; sign++) {
      ascii[sign] = (byte) sign;
    }
    if (settings.cleanText()) {
      add(parts, new FilterStep(NormalizerClasses.CONTROL, NormalizerClasses.BLANK));
    }
    if (settings.handleChineseChars()) {
      add(parts, new PaddingStep());
    }
    Boolean strips = settings.stripAccents();
    if (strips == null ? settings.lowercase() : strips) {
      parts.add(new NormalFormStep(NormalForm.NFD));
      add(parts, new FilterStep(NormalizerClasses.NONSPACING, 0));
    }
    if (settings.lowercase()) {
      add(parts, new LowercaseStep());
    }
    this.steps = new NormalizationPipeline(parts);
  }

  private void add(List<NormalizationStep> parts, CharacterStep step) {
    parts.add(step);
    for (int sign = 0; sign < ascii.length; sign++) {
      ascii[sign] = ascii[sign] < 0 ? ascii[sign] : step.ascii()[ascii[sign]];
    }
  }

  @Override
  public boolean changes(Utf8Text text, int from, int to) {
    byte[] bytes = text.bytes;
    for (int at = from; at < to; at++) {
      if (bytes[at] < 0 || ascii[bytes[at]] != bytes[at]) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void apply(
      Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    byte[] bytes = source.bytes;
    for (int at = from; at < to; ) {
      at = target.appendAscii(source, at, to, ascii);
      int start = at;
      while (at < to && (bytes[at] < 0 || ascii[bytes[at]] < 0)) {
        at++;
      }
      if (start < at) {
        Utf8Text normalized = steps.apply(source, start, at, buffers.inner());
        target.append(
            normalized,
            normalized == source ? start : 0,
            normalized == source ? at : normalized.length);
      }
    }
  }
}
