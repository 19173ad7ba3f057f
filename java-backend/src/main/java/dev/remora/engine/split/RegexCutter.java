package dev.remora.engine.split;

import dev.remora.core.definition.SplitBehavior;
import dev.remora.engine.regex.CompiledRegex;

/**
 * A Split by any regex. Thread-safe.
 *
 * @param regex what is looked for
 * @param behavior what becomes of a match
 * @param invert whether what does not match counts as the match
 */
record RegexCutter(CompiledRegex regex, SplitBehavior behavior, boolean invert) implements Cutter {
  @Override
  public PieceCursor newCursor() {
    return new RegexCursor(regex.newMatcher(), behavior, invert);
  }
}
