package dev.remora.engine;

import org.jspecify.annotations.Nullable;

/**
 * The pre-tokenizer of a definition: what it replaces in a stretch of text and puts before it, then
 * the scanner that cuts it. Thread-safe.
 */
final class PreTokenizer {
  /** When something is put before a stretch. */
  enum Prefixing {
    /** Never. */
    NEVER,
    /** Before each stretch that does not begin with it. */
    ALWAYS,
    /** Only before the one at the beginning of the user's text, if it does not begin with it. */
    FIRST
  }

  private final Scanner scanner;
  private final Normalizer.@Nullable Step replacement;
  private final Prefixing prefixing;
  private final byte[] prefix;

  PreTokenizer(
      Scanner scanner, Normalizer.@Nullable Step replacement, Prefixing prefixing, byte[] prefix) {
    this.scanner = scanner;
    this.replacement = replacement;
    this.prefixing = prefixing;
    this.prefix = prefix;
  }

  Scanner scanner() {
    return scanner;
  }

  /** The same with another scanner. */
  PreTokenizer with(Scanner other) {
    return new PreTokenizer(other, replacement, prefixing, prefix);
  }

  /**
   * What is to be cut instead of a range that is not empty.
   *
   * @param isFirst whether the range begins where the user's text does
   * @return a text that is to be cut as a whole; {@code text} itself if the range stays as it is
   */
  Text prepare(Text text, int from, int to, boolean isFirst, Scratch scratch) {
    Text current = text;
    int start = from;
    int end = to;
    if (replacement != null && replacement.changes(text, from, to)) {
      current = scratch.marked;
      current.clear(text.starts != null);
      replacement.apply(text, from, to, current, scratch);
      start = 0;
      end = current.length;
    }
    boolean candidate = prefixing == Prefixing.ALWAYS || (prefixing == Prefixing.FIRST && isFirst);
    if (!candidate || beginsWithPrefix(current, start, end)) {
      return current;
    }
    scratch.prefixed.clear(text.starts != null);
    scratch.prefixed.append(prefix, current, start);
    scratch.prefixed.append(current, start, end);
    return scratch.prefixed;
  }

  private boolean beginsWithPrefix(Text text, int from, int to) {
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
