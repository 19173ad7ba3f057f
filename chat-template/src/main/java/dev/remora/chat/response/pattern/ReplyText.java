package dev.remora.chat.response.pattern;

/**
 * The text in which patterns are searched while it still grows at its end. Places are counted in
 * UTF-16 units from the begin of the whole, also once a begin that nobody looks at any more was
 * given up. Half a character at the end has not arrived. Not thread-safe.
 */
public final class ReplyText {
  private static final int WORTH_MOVING = 1 << 12;

  private final StringBuilder text = new StringBuilder();
  private int base;
  private int end;
  private boolean complete;

  /** A text that is empty so far. */
  public ReplyText() {}

  /** A whole text. */
  public static ReplyText of(String whole) {
    ReplyText text = new ReplyText();
    text.append(whole);
    text.complete();
    return text;
  }

  /** Adds what has arrived. */
  public void append(String arrived) {
    text.append(arrived);
    int length = text.length();
    boolean isCut = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
    end = base + length - (isCut ? 1 : 0);
  }

  /** Adds whole characters that are given up at once, but for so many units that are kept. */
  public void pass(String arrived, int kept) {
    if (kept > 0) {
      append(arrived);
      discardBefore(end - kept);
    } else {
      text.setLength(0);
      end += arrived.length();
      base = end;
    }
  }

  /** Whether nothing has arrived after a place, not even half a character. */
  public boolean endsAt(int place) {
    return base + text.length() == place;
  }

  /** Says that nothing more arrives. */
  public void complete() {
    complete = true;
    end = base + text.length();
  }

  /** Whether nothing more arrives. */
  public boolean isComplete() {
    return complete;
  }

  /** Where the text ends so far. */
  public int end() {
    return end;
  }

  /** A part of the text. */
  public String substring(int from, int to) {
    return text.substring(from - base, to - base);
  }

  /** Gives up what stands before a place. */
  public void discardBefore(int place) {
    int length = place - base;
    if (length >= WORTH_MOVING && 2L * length >= text.length()) { // else more moves than goes
      text.delete(0, length);
      base = place;
    }
  }

  /** Where the first of some characters stands from a place on; the end if there is none. */
  public int next(CharacterTest characters, int from) {
    return base + characters.firstIn(text, from - base, end - base);
  }

  /** The place after the character at a place. */
  public int after(int place) {
    return place + Character.charCount(codePointAt(place));
  }

  int codePointAt(int place) {
    char first = text.charAt(place - base);
    if (Character.isHighSurrogate(first) && place + 1 < end) {
      char second = text.charAt(place + 1 - base);
      return Character.isLowSurrogate(second) ? Character.toCodePoint(first, second) : first;
    }
    return first;
  }

  /** The place one code point before another, which is not the first. */
  int before(int place) {
    boolean isPair =
        place - base >= 2
            && Character.isLowSurrogate(text.charAt(place - 1 - base))
            && Character.isHighSurrogate(text.charAt(place - 2 - base));
    return place - (isPair ? 2 : 1);
  }

  char unitAt(int place) {
    return text.charAt(place - base);
  }

  /** Where a string begins that is whole; -1 if there is none from a place on. */
  int indexOf(String string, int from) {
    int index = text.indexOf(string, from - base);
    return index < 0 || base + index + string.length() > end ? -1 : base + index;
  }

  /** Whether the text goes on with a string at a place, as far as it has arrived. */
  boolean mayContinue(String string, int place) {
    int length = Math.min(string.length(), end - place);
    for (int index = 0; index < length; index++) {
      if (text.charAt(place + index - base) != string.charAt(index)) {
        return false;
      }
    }
    return true;
  }
}
