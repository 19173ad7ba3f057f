package dev.remora.chat.response.pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tries a pattern at one place of a growing text after the other, or looks for its first match.
 * Places only ever go up; what is known of a place is not found out again. A search takes place
 * where the pattern is first found, or may be found once more text is there. Not thread-safe.
 */
public final class PatternSearch {
  private final PythonPattern pattern;
  private @Nullable PatternMatcher matcher; // made when a match may begin
  private int start;
  private Outcome outcome = Outcome.OPEN; // there, so far
  private boolean trying; // whether the matcher is at it

  public PatternSearch(PythonPattern pattern) {
    this.pattern = pattern;
  }

  /** Gives up matches that begin before a place. */
  public void skipTo(int place) {
    if (place > start) {
      start = place;
      outcome = Outcome.OPEN;
      trying = false;
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
    while (outcome == Outcome.MATCHED || findStart(text)) {
      if (tryAt(start, text) != Outcome.FAILED) {
        return outcome;
      }
      skipTo(text.after(start));
    }
    return text.isComplete() ? Outcome.FAILED : Outcome.OPEN;
  }

  /**
   * Tries one place, which is not before the last one nor at the end of the text, as far as the
   * text allows.
   *
   * @throws StepsException if the pattern takes too many steps for this text
   */
  public Outcome tryAt(int place, ReplyText text) {
    skipTo(place);
    if (outcome == Outcome.OPEN) {
      outcome = trying ? matcher().run(text) : begin(text);
    }
    return outcome;
  }

  private Outcome begin(ReplyText text) {
    String prefix = pattern.prefix();
    if (!text.mayContinue(prefix, start)) {
      return Outcome.FAILED;
    }
    boolean isWhole = start + prefix.length() <= text.end();
    if (!isWhole || pattern.isLiteral()) {
      return isWhole ? Outcome.MATCHED : text.isComplete() ? Outcome.FAILED : Outcome.OPEN;
    }
    matcher().begin(start);
    trying = true;
    return matcher().run(text);
  }

  private PatternMatcher matcher() {
    PatternMatcher made = matcher;
    if (made == null) {
      made = new PatternMatcher(pattern);
      matcher = made;
    }
    return made;
  }

  /** Moves to the next place where a match may begin; whether there is one. */
  private boolean findStart(ReplyText text) {
    if (trying) {
      return true;
    }
    String prefix = pattern.prefix();
    int index = prefix.isEmpty() ? -1 : text.indexOf(prefix, start);
    skipTo(index >= 0 ? index : next(text));
    return start < text.end();
  }

  /** The place from which a match may begin, or the text go on to be the prefix. */
  private int next(ReplyText text) {
    int from = Math.max(start, text.end() + 1 - Math.max(1, pattern.prefix().length()));
    return text.next(pattern.starts(), pattern.prefix().isEmpty() ? start : from);
  }
}
