package dev.remora.engine.split;

import dev.remora.core.definition.SplitBehavior;
import dev.remora.engine.regex.RegexMatcher;

/**
 * The pieces of a Split. A text is a row of segments, matches and what is between them; a match may
 * be empty, which no piece is. Of one thread at a time.
 */
final class RegexCursor extends PieceCursor {
  private final RegexMatcher matcher;
  private final SplitBehavior behavior;
  private final boolean invert;

  private int to;
  private boolean hasMatch; // the matcher's match is not a segment yet
  private boolean hasSegment; // the one below is not part of a piece yet
  private int segmentStart;
  private int segmentEnd;
  private boolean isMatch;
  private boolean wasMatch; // the segment before; false before the first

  RegexCursor(RegexMatcher matcher, SplitBehavior behavior, boolean invert) {
    this.matcher = matcher;
    this.behavior = behavior;
    this.invert = invert;
  }

  @Override
  void begin(byte[] bytes, int from, int textEnd) {
    to = textEnd;
    matcher.begin(bytes, from, textEnd);
    hasMatch = matcher.next();
    hasSegment = false;
    segmentEnd = from;
    isMatch = false;
    wasMatch = false;
    advance();
  }

  /** Goes on to the next segment, if there is one. */
  private void advance() {
    wasMatch = hasSegment && isMatch;
    segmentStart = segmentEnd;
    hasSegment = true;
    if (hasMatch && matcher.start() == segmentStart) {
      isMatch = !invert;
      segmentEnd = matcher.end();
      hasMatch = matcher.next();
    } else {
      isMatch = invert;
      segmentEnd = hasMatch ? matcher.start() : to;
      hasSegment = segmentStart < to;
    }
  }

  @Override
  public boolean next() {
    while (hasSegment) {
      boolean kept = behavior != SplitBehavior.REMOVED || !isMatch;
      take();
      if (kept && start < end) {
        return true;
      }
    }
    return false;
  }

  /** Makes a piece of the segment and of those that join it. */
  private void take() {
    start = segmentStart;
    end = segmentEnd;
    boolean isFirstMatch = isMatch;
    advance();
    while (hasSegment && joins(isFirstMatch)) {
      end = segmentEnd;
      advance();
    }
  }

  /** Whether the segment joins the piece before it, which began with a match or did not. */
  private boolean joins(boolean pieceIsMatch) {
    return switch (behavior) {
      case REMOVED, ISOLATED -> false;
      case CONTIGUOUS -> isMatch == wasMatch;
      case MERGED_WITH_PREVIOUS -> isMatch && !wasMatch;
      case MERGED_WITH_NEXT -> pieceIsMatch && !isMatch && wasMatch;
    };
  }
}
