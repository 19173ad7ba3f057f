package dev.remora.engine.normalize;

import dev.remora.core.definition.Normalizer;
import dev.remora.engine.text.NormalizerClasses;
import dev.remora.engine.text.Utf8Text;
import java.util.ArrayList;
import java.util.List;

/**
 * BERT's normalizer: control characters dropped and blanks made spaces, spaces around Chinese,
 * accents stripped, lower case. Where offsets are asked for, ASCII goes through all of them in one
 * look; what is between goes through one after the other, for no ASCII character changes what they
 * do beside it, unless it is dropped. Thread-safe.
 */
final class BertStep implements NormalizationStep {
  private static final int FIRST_MARK = 0x300;

  private final NormalizationPipeline steps;
  private final byte[] ascii = new byte[0x80];
  private final boolean strips;
  private final CharacterImages images;

  BertStep(Normalizer.Bert settings) {
    Boolean stripAccents = settings.stripAccents();
    this.strips = stripAccents == null ? settings.lowercase() : stripAccents;
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
    if (strips) {
      parts.add(new NormalFormStep(NormalForm.NFD));
      add(parts, new FilterStep(NormalizerClasses.NONSPACING, 0));
    }
    if (settings.lowercase()) {
      add(parts, new LowercaseStep());
    }
    this.steps = new NormalizationPipeline(parts);
    this.images = new CharacterImages(this::isComplex, this::applyAll);
  }

  /** Whether NFD makes a mark of a character that stays: it sorts those that are side by side. */
  private boolean isComplex(int codePoint) {
    if (!strips || codePoint < FIRST_MARK) {
      return false; // what is below is made of letters and marks that are stripped
    }
    int[] parts = Compositions.parts(codePoint, false);
    if (parts == null) {
      return staysAsMark(codePoint);
    }
    for (int part : parts) {
      if (staysAsMark(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean staysAsMark(int codePoint) {
    return Compositions.combiningClass(codePoint) != 0
        && (NormalizerClasses.of(codePoint) & NormalizerClasses.NONSPACING) == 0;
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
    if (source.starts == null) {
      images.apply(source, from, to, target, buffers);
    } else {
      applyTracked(source, from, to, target, buffers);
    }
  }

  private void applyTracked(
      Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    byte[] bytes = source.bytes;
    for (int at = from; at < to; ) {
      at = target.appendAscii(source, at, to, ascii);
      int start = at;
      while (at < to && (bytes[at] < 0 || ascii[bytes[at]] < 0)) {
        at++;
      }
      if (start < at) {
        applyAll(source, start, at, target, buffers);
      }
    }
  }

  private void applyAll(
      Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    Utf8Text normalized = steps.apply(source, from, to, buffers.inner());
    boolean stays = normalized == source;
    target.append(normalized, stays ? from : 0, stays ? to : normalized.length);
  }
}
