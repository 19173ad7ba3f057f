package dev.remora.core.engine;

import dev.remora.Prompt;
import java.util.Arrays;
import java.util.List;

/**
 * A text, and which of its characters are trusted: an added token is recognised only where all of
 * its characters are. Immutable.
 */
public final class GuardedText {
  private final String text;
  private final int[] ends; // of runs, in UTF-16 units; they alternate, the first is not trusted
  private final int[] codePointEnds; // of the same runs

  private final boolean plain;

  private GuardedText(String text, int[] ends, boolean plain) {
    this.text = text;
    this.plain = plain;
    this.ends = ends;
    this.codePointEnds = new int[ends.length];
    int at = 0;
    int count = 0;
    for (int run = 0; run < ends.length; run++) {
      boolean isTrusted = (run & 1) == 1;
      int whole = ends[run] - (splitsPair(text, ends[run]) ? 1 : 0);
      count += text.codePointCount(at, whole);
      at = whole; // a pair of which half is not trusted belongs to that half
      codePointEnds[run] = count + (whole < ends[run] && !isTrusted ? 1 : 0);
    }
  }

  private static boolean splitsPair(String text, int place) {
    return place > 0
        && place < text.length()
        && Character.isHighSurrogate(text.charAt(place - 1))
        && Character.isLowSurrogate(text.charAt(place));
  }

  /** A text of which nothing is trusted. */
  public static GuardedText plain(String text) {
    return new GuardedText(text, new int[] {text.length()}, true);
  }

  /**
   * The text of a prompt, with what it trusts.
   *
   * @throws IllegalArgumentException if the prompt is cut or has ids in place of text
   */
  public static GuardedText of(Prompt prompt) {
    boolean isOne =
        prompt.seams().isEmpty()
            && prompt.spans().stream().noneMatch(span -> span.origin() instanceof Prompt.Verbatim);
    if (!isOne) {
      throw new IllegalArgumentException("not one text: it is cut, or has ids in place of text");
    }
    return of(prompt, 0, prompt.text().length());
  }

  /** The text of a prompt from one UTF-16 index to another, with what it trusts. */
  static GuardedText of(Prompt prompt, int from, int to) {
    List<Prompt.Span> spans = prompt.spans();
    int first = firstAt(spans, from);
    int[] ends = new int[8];
    int runs = 0;
    boolean trusted = false;
    for (int index = first; index < spans.size() && spans.get(index).start() < to; index++) {
      Prompt.Span span = spans.get(index);
      if (span.start() < span.end() && span.origin().trusted() != trusted) {
        ends = runs + 1 < ends.length ? ends : Arrays.copyOf(ends, 2 * runs + 2);
        ends[runs++] = Math.max(span.start(), from) - from;
        trusted = !trusted;
      }
    }
    ends[runs++] = to - from;
    return new GuardedText(prompt.text().substring(from, to), Arrays.copyOf(ends, runs), false);
  }

  /** The index of the first span that ends behind a place. */
  private static int firstAt(List<Prompt.Span> spans, int place) {
    int low = 0;
    int high = spans.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (spans.get(middle).end() > place) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The text. */
  public String text() {
    return text;
  }

  /** Whether it is plain: nothing is trusted, and nobody asks what was not recognised. */
  public boolean isPlain() {
    return plain;
  }

  /** Whether nothing of it is trusted. */
  public boolean trustsNothing() {
    return ends.length == 1;
  }

  /** Whether all code points from one index to another are trusted; so are none at all. */
  public boolean trustsCodePoints(int from, int to) {
    return trusts(codePointEnds, from, to);
  }

  /** The same for UTF-16 units. */
  public boolean trustsUnits(int from, int to) {
    return trusts(ends, from, to);
  }

  private static boolean trusts(int[] ends, int from, int to) {
    if (from >= to) {
      return true;
    }
    int found = Arrays.binarySearch(ends, from);
    int run = found < 0 ? -found - 1 : found + 1;
    while (run + 1 < ends.length && ends[run] <= from) {
      run++; // the first run may be empty
    }
    return (run & 1) == 1 && ends[run] >= to;
  }

  /** A part of it, between UTF-16 indices. */
  GuardedText part(int from, int to) {
    int[] cut = new int[ends.length];
    int runs = 0;
    for (int end : ends) {
      if (runs == 0 || cut[runs - 1] < to - from) {
        cut[runs++] = Math.max(0, Math.min(end, to) - from);
      }
    }
    return new GuardedText(text.substring(from, to), Arrays.copyOf(cut, runs), plain);
  }
}
