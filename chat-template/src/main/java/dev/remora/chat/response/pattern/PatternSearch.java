package dev.remora.chat.response.pattern;

import org.jspecify.annotations.Nullable;

/**
 * Looks for the first match of a pattern in a text that grows. It takes place where the pattern is
 * first found, or may be found once more text is there. Not thread-safe.
 */
public final class PatternSearch {
  private final PythonPattern pattern;
  private @Nullable PatternMatcher matcher; // made when a match may begin
  private int start; // no match begins before it
  private boolean trying; // there
  private boolean found;

  public PatternSearch(PythonPattern pattern) {
    this.pattern = pattern;
  }

  /** Gives up matches that begin before a place. */
  public void skipTo(int place) {
    if (place > start) {
      start = place;
      trying = false;
      found = false;
    }
  }

  /** Where the match begins; of an open search, before which place none does. */
  public int start() {
    return start;
  }

  /** Where the match ends. */
  public int end() {
    return matcher == null ? start + pattern.prefix().length() : matcher.end();
  }

  /** The text of a group by its name; null if it took no part. */
  public @Nullable String group(String name, ReplyText text) {
    return matcher == null ? null : matcher.group(name, text);
  }

  /**
   * Goes on as far as the text allows. What is found is found until it is skipped. A match of
   * nothing at the end of a text is never found.
   *
   * @throws StepsException if the pattern takes too many steps for this text
   */
  public Outcome advance(ReplyText text) {
    while (!found) {
      if (!trying && !findStart(text)) {
        return text.isComplete() ? Outcome.FAILED : Outcome.OPEN;
      }
      if (pattern.isLiteral()) {
        found = true;
        return Outcome.MATCHED;
      }
      Outcome outcome = matcher().run(text);
      if (outcome == Outcome.OPEN) {
        return outcome;
      }
      found = outcome == Outcome.MATCHED;
      if (!found) {
        start += Character.charCount(text.codePointAt(start));
        trying = false;
      }
    }
    return Outcome.MATCHED;
  }

  /** The matcher, which tries where a match may begin. */
  private PatternMatcher matcher() {
    PatternMatcher made = matcher;
    if (made == null) {
      made = new PatternMatcher(pattern);
      matcher = made;
    }
    if (!trying) {
      made.begin(start);
      trying = true;
    }
    return made;
  }

  /** Moves to the next place where a match may begin; whether it is there for certain. */
  private boolean findStart(ReplyText text) {
    String prefix = pattern.prefix();
    int end = text.end();
    if (!prefix.isEmpty()) {
      int index = text.indexOf(prefix, start);
      start = index >= 0 ? index : tail(prefix, text);
      return index >= 0;
    }
    CharacterTest first = pattern.first();
    while (first != null && start < end) {
      int codePoint = text.codePointAt(start);
      if (first.test(codePoint)) {
        return true;
      }
      start += Character.charCount(codePoint);
    }
    return start < end;
  }

  /** The place from which the text may go on to be the prefix, which is not in it. */
  private int tail(String prefix, ReplyText text) {
    int end = text.end();
    int place = Math.max(start, end - prefix.length() + 1);
    char first = prefix.charAt(0);
    while (place < end && !(text.unitAt(place) == first && text.mayContinue(prefix, place))) {
      place++;
    }
    return place;
  }
}
