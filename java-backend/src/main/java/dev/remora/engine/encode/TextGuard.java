package dev.remora.engine.encode;

import dev.remora.core.engine.GuardedText;
import dev.remora.core.engine.Refusals;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.engine.added.MatchGuard;
import dev.remora.engine.text.Utf8Text;

/**
 * Lets added tokens be recognised only where all characters of the text are trusted that they come
 * from. Of one call.
 */
final class TextGuard implements MatchGuard {
  private final GuardedText text;
  private final Refusals refusals;
  private Utf8Text bytes = new Utf8Text();
  private int end; // of the bytes that are looked at
  private int codePoint; // up to which the text was gone through, and where that is
  private int unit;

  TextGuard(GuardedText text, Refusals refusals) {
    this.text = text;
    this.refusals = refusals;
  }

  GuardedText text() {
    return text;
  }

  /** The bytes that are looked at from now on, which know where they come from. */
  void lookAt(Utf8Text looked, int to) {
    bytes = looked;
    end = to;
  }

  /**
   * {@inheritDoc}
   *
   * <p>What was left out between characters counts too, and so does what may have gone into the
   * last one: more than one character becomes one only where that is not ASCII.
   */
  @Override
  public boolean admits(int from, int to) {
    int last = to;
    int stop = stopOf(from, to);
    if (bytes.bytes[to - 1] < 0 && to < end) {
      stop = Math.max(stop, startOf(to));
      last = to + 1;
    }
    return last > from && text.trustsCodePoints(startOf(from, to), stop);
  }

  private int startOf(int at) {
    return bytes.starts == null ? 0 : bytes.starts[at];
  }

  private int startOf(int from, int to) {
    int first = Integer.MAX_VALUE;
    for (int at = from; at < to; at++) {
      first = Math.min(first, startOf(at));
    }
    return first;
  }

  private int stopOf(int from, int to) {
    int stop = 0;
    for (int at = from; at < to; at++) {
      stop = Math.max(stop, bytes.ends == null ? text.text().length() : bytes.ends[at]);
    }
    return stop;
  }

  @Override
  public void refused(AddedToken token, int from, int to) {
    int start = unitOf(startOf(from, to));
    refusals.add(start, Math.max(start, unitOf(stopOf(from, to))), token.id());
  }

  /** The UTF-16 index of a code point, which is mostly near the one that was asked for last. */
  private int unitOf(int wanted) {
    while (codePoint > wanted) {
      unit -= Character.charCount(text.text().codePointBefore(unit));
      codePoint--;
    }
    while (codePoint < wanted && unit < text.text().length()) {
      unit += Character.charCount(text.text().codePointAt(unit));
      codePoint++;
    }
    return unit;
  }
}
