package dev.remora.engine.normalize;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.CharacterClasses;
import dev.remora.engine.text.Utf8Text;

/** Cuts white space off the ends. Thread-safe. */
final class StripStep implements NormalizationStep {
  private final boolean left;
  private final boolean right;

  StripStep(boolean left, boolean right) {
    this.left = left;
    this.right = right;
  }

  private int start(byte[] bytes, int from, int to) {
    int at = from;
    while (left && at < to && CharacterClasses.isSpace(bytes, at)) {
      at += Utf8.lengthOf(bytes[at]);
    }
    return at;
  }

  private int end(byte[] bytes, int from, int to) {
    int at = to;
    while (right && at > from && CharacterClasses.isSpace(bytes, Utf8.before(bytes, at))) {
      at = Utf8.before(bytes, at);
    }
    return at;
  }

  @Override
  public boolean changes(Utf8Text text, int from, int to) {
    return from < to
        && ((left && CharacterClasses.isSpace(text.bytes, from))
            || (right && CharacterClasses.isSpace(text.bytes, Utf8.before(text.bytes, to))));
  }

  @Override
  public void apply(
      Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    int start = start(source.bytes, from, to);
    target.append(source, start, end(source.bytes, start, to));
  }
}
