package dev.remora.engine.normalize;

import dev.remora.engine.text.Utf8Text;
import java.nio.charset.StandardCharsets;

/**
 * Replaces each occurrence of one ASCII character; what replaces it comes from where it did.
 * Thread-safe.
 */
public final class ReplaceStep implements NormalizationStep {
  private final byte replaced;
  private final byte[] content;

  /**
   * A step.
   *
   * @param replaced the ASCII character to be replaced
   * @param content what replaces it
   */
  public ReplaceStep(byte replaced, String content) {
    this.replaced = replaced;
    this.content = content.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean changes(Utf8Text text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (text.bytes[at] == replaced) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void apply(
      Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    apply(source, from, to, target);
  }

  /** Appends what the range becomes, which takes no buffers. */
  public void apply(Utf8Text source, int from, int to, Utf8Text target) {
    int copied = from;
    for (int at = from; at < to; at++) {
      if (source.bytes[at] == replaced) {
        target.append(source, copied, at);
        target.append(content, source, at);
        copied = at + 1;
      }
    }
    target.append(source, copied, to);
  }
}
