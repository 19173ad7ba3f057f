package dev.remora.engine.normalize;

import dev.remora.engine.text.EightBytes;
import dev.remora.engine.text.Utf8Text;
import java.nio.charset.StandardCharsets;

/**
 * Replaces each occurrence of a string, from left to right; what replaces it comes from where its
 * last character did. Thread-safe.
 */
public final class ReplaceStep implements NormalizationStep {
  private final byte[] replaced;
  private final byte[] content;

  /**
   * A step.
   *
   * @param replaced the ASCII character to be replaced
   * @param content what replaces it
   */
  public ReplaceStep(byte replaced, String content) {
    this(Character.toString(replaced), content);
  }

  /**
   * A step.
   *
   * @param replaced the string to be replaced, which is not empty
   * @param content what replaces it
   */
  ReplaceStep(String replaced, String content) {
    this.replaced = replaced.getBytes(StandardCharsets.UTF_8);
    this.content = content.getBytes(StandardCharsets.UTF_8);
  }

  /** Where the string is next; {@code to} if it is not there any more. */
  private int next(byte[] bytes, int from, int to) {
    int last = to - replaced.length;
    int at = from;
    while (at <= last) {
      at = EightBytes.find(replaced[0], bytes, at, to);
      if (at <= last && isHere(bytes, at)) {
        return at;
      }
      at++;
    }
    return to;
  }

  private boolean isHere(byte[] bytes, int at) {
    for (int index = 1; index < replaced.length; index++) {
      if (bytes[at + index] != replaced[index]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean changes(Utf8Text text, int from, int to) {
    return next(text.bytes, from, to) < to;
  }

  @Override
  public void apply(
      Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    apply(source, from, to, target);
  }

  /** Appends what the range becomes, which takes no buffers. */
  public void apply(Utf8Text source, int from, int to, Utf8Text target) {
    int copied = from;
    for (int at = next(source.bytes, from, to); at < to; at = next(source.bytes, copied, to)) {
      target.append(source, copied, at);
      copied = at + replaced.length;
      target.append(content, source, copied - 1);
    }
    target.append(source, copied, to);
  }
}
