package dev.remora.chat.encoding;

import dev.remora.LimitException;
import dev.remora.Rule;

/** A text that is being written, no longer than a prompt may be: indention multiplies. */
public final class BoundedText {
  private final StringBuilder text = new StringBuilder();
  private final long maxCharacters;

  /**
   * @param maxCharacters its bound, in UTF-16 units
   */
  BoundedText(long maxCharacters) {
    this.maxCharacters = maxCharacters;
  }

  /**
   * Adds to it.
   *
   * @throws LimitException if it becomes too long (rule T2)
   */
  public BoundedText append(String part) {
    long length = (long) text.length() + part.length();
    if (length > maxCharacters) {
      throw new LimitException(Rule.T2, "characters", maxCharacters, length);
    }
    text.append(part);
    return this;
  }

  /** How long it is. */
  public int length() {
    return text.length();
  }

  /** Whether a part stands in it, from a place on. */
  public boolean contains(String part, int from) {
    return text.indexOf(part, from) >= 0;
  }

  /** What was written. */
  @Override
  public String toString() {
    return text.toString();
  }
}
