package dev.remora.engine.normalize;

import dev.remora.engine.text.Utf8Text;
import java.util.Arrays;
import java.util.List;

/**
 * The normalizer of a definition: steps, each over what the one before made of a stretch of text
 * between added tokens. Thread-safe.
 */
public final class NormalizationPipeline {
  private final List<NormalizationStep> steps;

  NormalizationPipeline(List<NormalizationStep> steps) {
    this.steps = List.copyOf(steps);
  }

  /** Whether it leaves every text as it is. */
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /**
   * Whether what is on each side of a place between words, white space beside it, is normalized as
   * if it were alone, and the place is still one between words.
   *
   * @param dropsWhiteSpace whether white space is in no word; then words may get marks and spaces
   */
  public boolean keepsWordsApart(boolean dropsWhiteSpace) {
    return steps.stream().allMatch(step -> keepsWordsApart(step, dropsWhiteSpace));
  }

  private static boolean keepsWordsApart(NormalizationStep step, boolean dropsWhiteSpace) {
    return step instanceof NormalFormStep form
        ? dropsWhiteSpace || form.isNfc()
        : dropsWhiteSpace && (step instanceof BertStep || step instanceof LowercaseStep);
  }

  /**
   * Normalizes a range.
   *
   * @return the text that holds the result from 0 to its length; {@code source} itself if the range
   *     stays as it is
   */
  public Utf8Text apply(Utf8Text source, int from, int to, NormalizationBuffers buffers) {
    Utf8Text current = source;
    int start = from;
    int end = to;
    for (NormalizationStep step : steps) {
      if (start < end && step.changes(current, start, end)) {
        Utf8Text target = current == buffers.normalized ? buffers.spare : buffers.normalized;
        target.clear(source.starts != null);
        step.apply(current, start, end, target, buffers);
        current = target;
        start = 0;
        end = target.length;
      }
    }
    return current;
  }

  /** The normalized form of a text by itself, in UTF-8. */
  public byte[] apply(Utf8Text text, NormalizationBuffers buffers) {
    Utf8Text normalized = apply(text, 0, text.length, buffers);
    return Arrays.copyOf(normalized.bytes, normalized.length);
  }
}
