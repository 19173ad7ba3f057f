package dev.remora.engine.split;

import dev.remora.core.definition.PrependScheme;
import dev.remora.engine.normalize.ReplaceStep;
import dev.remora.engine.text.Utf8Text;
import org.jspecify.annotations.Nullable;

/**
 * The pre-tokenizer of a definition: what it replaces in a stretch of text and puts before it, then
 * the scanner that cuts it. Thread-safe.
 */
public final class TextSplitter {
  private final Scanner scanner;
  private final boolean byteLevel;
  private final @Nullable ReplaceStep replacement;
  private final PrependScheme prependScheme;
  private final byte[] prefix;

  TextSplitter(
      Scanner scanner,
      boolean byteLevel,
      @Nullable ReplaceStep replacement,
      PrependScheme prependScheme,
      byte[] prefix) {
    this.scanner = scanner;
    this.byteLevel = byteLevel;
    this.replacement = replacement;
    this.prependScheme = prependScheme;
    this.prefix = prefix;
  }

  /** One that replaces nothing and puts nothing before a stretch. */
  static TextSplitter plain(Scanner scanner, boolean byteLevel) {
    return new TextSplitter(scanner, byteLevel, null, PrependScheme.NEVER, new byte[0]);
  }

  /** What cuts a stretch that is prepared. */
  public Scanner scanner() {
    return scanner;
  }

  /** Whether pre-tokens are spelled in the byte-level alphabet. */
  public boolean isByteLevel() {
    return byteLevel;
  }

  /** Whether a stretch is one pre-token. */
  public boolean cutsNothing() {
    return scanner instanceof WholeScanner;
  }

  /** The same with another scanner. */
  public TextSplitter with(Scanner other) {
    return new TextSplitter(other, byteLevel, replacement, prependScheme, prefix);
  }

  /**
   * What is to be cut instead of a range that is not empty.
   *
   * @param isFirst whether the range begins where the user's text does
   * @return a text that is to be cut as a whole; {@code text} itself if the range stays as it is
   */
  public Utf8Text prepare(Utf8Text text, int from, int to, boolean isFirst, SplitBuffers buffers) {
    Utf8Text current = text;
    int start = from;
    int end = to;
    if (replacement != null && replacement.changes(text, from, to)) {
      current = buffers.replaced;
      current.clear(text.starts != null);
      replacement.apply(text, from, to, current);
      start = 0;
      end = current.length;
    }
    if (!mayPrepend(isFirst) || beginsWithPrefix(current, start, end)) {
      return current;
    }
    buffers.prefixed.clear(text.starts != null);
    buffers.prefixed.append(prefix, current, start);
    buffers.prefixed.append(current, start, end);
    return buffers.prefixed;
  }

  private boolean mayPrepend(boolean isFirst) {
    return prependScheme == PrependScheme.ALWAYS
        || (prependScheme == PrependScheme.FIRST && isFirst);
  }

  private boolean beginsWithPrefix(Utf8Text text, int from, int to) {
    if (to - from < prefix.length) {
      return false;
    }
    for (int index = 0; index < prefix.length; index++) {
      if (text.bytes[from + index] != prefix[index]) {
        return false;
      }
    }
    return true;
  }
}
