package dev.remora.engine.normalize;

import dev.remora.engine.text.Utf8Text;
import java.nio.charset.StandardCharsets;

/**
 * Puts a string before a text that is not empty; it comes from where the first character does.
 * Thread-safe.
 */
final class PrependStep implements NormalizationStep {
  private final byte[] prefix;

  PrependStep(String prefix) {
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean changes(Utf8Text text, int from, int to) {
    return true;
  }

  @Override
  public void apply(
      Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    target.append(prefix, source, from);
    target.append(source, from, to);
  }
}
