package dev.remora.routing;

import dev.remora.Prompt;
import dev.remora.Prompt.Span;
import dev.remora.Prompt.Verbatim;
import dev.remora.routing.TextPart.Given;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A text as far as its ids depend on it: its characters and, of a prompt, which of them are
 * trusted, where it is cut, and the ids that stand in place of text. Places are UTF-16 indices.
 * Immutable.
 */
final class KeyedText {
  private static final int[] NONE = {};

  private final String text;
  private final @Nullable Prompt prompt; // null for a text whose added tokens are recognised
  private final int[] turns; // where trust changes; before the first, nothing is trusted
  private final int[] cuts; // between what is encoded apart
  private final List<Given> given;

  private KeyedText(
      String text, @Nullable Prompt prompt, int[] turns, int[] cuts, List<Given> given) {
    this.text = text;
    this.prompt = prompt;
    this.turns = turns;
    this.cuts = cuts;
    this.given = given;
  }

  /** A text whose added tokens are recognised. */
  static KeyedText of(String text) {
    return new KeyedText(text, null, NONE, NONE, List.of());
  }

  /** A prompt. */
  static KeyedText of(Prompt prompt) {
    List<Given> given = new ArrayList<>();
    TreeSet<Integer> cuts = new TreeSet<>(prompt.seams());
    int[] turns = new int[8];
    int count = 0;
    for (Span span : prompt.spans()) {
      boolean isTrusted = (count & 1) == 1;
      if (span.start() < span.end() && span.origin().trusted() != isTrusted) {
        turns = count < turns.length ? turns : Arrays.copyOf(turns, 2 * count);
        turns[count++] = span.start();
      }
      if (span.origin() instanceof Verbatim verbatim) {
        cuts.subSet(span.start(), Math.max(span.start(), span.end())).clear();
        cuts.add(span.start());
        cuts.add(span.end());
        given.add(new Given(span.start(), span.end(), verbatim.ids()));
      }
    }
    int[] places = cuts.stream().mapToInt(Integer::intValue).filter(cut -> cut > 0).toArray();
    return new KeyedText(
        prompt.text(), prompt, Arrays.copyOf(turns, count), places, List.copyOf(given));
  }

  String text() {
    return text;
  }

  int length() {
    return text.length();
  }

  /** Whether it is a prompt, whose added tokens are recognised in part only. */
  boolean isGuarded() {
    return prompt != null;
  }

  /** The end of what is encoded together with the character at a place. */
  int sectionEnd(int place) {
    int next = firstAbove(cuts, place);
    return next < cuts.length ? cuts[next] : text.length();
  }

  /** Whether what ends at a place is encoded apart from what follows. */
  boolean isCut(int place) {
    return Arrays.binarySearch(cuts, place) >= 0;
  }

  /** Whether ids stand in place of the character at a place. */
  boolean isGiven(int place) {
    int next = firstGiven(place + 1);
    return next > 0 && place < given.get(next - 1).end();
  }

  /** What lies between two places; the ids in place of nothing at the end are not part of it. */
  TextPart part(int from, int to) {
    String characters = text.substring(from, to);
    return isGuarded()
        ? new TextPart(characters, turnsIn(from, to), shifted(cuts, from, to + 1), given(from, to))
        : new TextPart(characters, NONE, NONE, List.of());
  }

  /** Whether a part stands at a place. */
  boolean hasAt(int place, TextPart part) {
    int end = place + part.characters().length();
    return end <= text.length()
        && text.substring(place, end).equals(part.characters()) // eight and more units at a time
        && (!isGuarded()
            || (Arrays.equals(part.turns(), turnsIn(place, end))
                && Arrays.equals(part.cuts(), shifted(cuts, place, end + 1))
                && part.given().equals(given(place, end))));
  }

  private int[] turnsIn(int from, int to) {
    int[] inside = shifted(turns, from, to);
    if ((firstAbove(turns, from) & 1) == 0) {
      return inside;
    }
    int[] all = new int[inside.length + 1]; // the first is 0: it begins with what is trusted
    System.arraycopy(inside, 0, all, 1, inside.length);
    return all;
  }

  /** The places between two others, neither included, from the first on. */
  private static int[] shifted(int[] places, int from, int to) {
    int first = firstAbove(places, from);
    int last = first;
    while (last < places.length && places[last] < to) {
      last++;
    }
    if (first == last) {
      return NONE;
    }
    int[] inside = new int[last - first];
    for (int index = 0; index < inside.length; index++) {
      inside[index] = places[first + index] - from;
    }
    return inside;
  }

  private static int firstAbove(int[] places, int place) {
    int found = Arrays.binarySearch(places, place);
    return found < 0 ? -found - 1 : found + 1;
  }

  private List<Given> given(int from, int to) {
    List<Given> inside = new ArrayList<>();
    for (int index = firstGiven(from); index < given.size(); index++) {
      Given ids = given.get(index);
      if (ids.start() >= to) {
        break;
      }
      inside.add(new Given(ids.start() - from, ids.end() - from, ids.ids()));
    }
    return inside;
  }

  /** The index of the first ids that stand at a place or after it. */
  private int firstGiven(int place) {
    return firstNot(given.size(), index -> given.get(index).start() < place);
  }

  /** The first index for which something does not hold that holds for those before it only. */
  private static int firstNot(int size, IntPredicate holds) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (holds.test(middle)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The prompt between two places.
   *
   * @param givenFrom where the first text stands in whose place ids come along, and
   * @param givenTo the place before which the last one does
   */
  Prompt prompt(int from, int to, int givenFrom, int givenTo) {
    if (prompt == null) {
      throw new IllegalStateException("no prompt");
    }
    List<Span> spans = new ArrayList<>();
    List<Span> all = prompt.spans();
    int first = firstNot(all.size(), index -> all.get(index).end() < from);
    for (int index = first; index < all.size(); index++) {
      Span span = all.get(index);
      if (span.start() > to) {
        break;
      }
      boolean isInside =
          span.origin() instanceof Verbatim
              ? span.start() >= givenFrom && span.start() < givenTo
              : span.start() < to && span.end() > from;
      if (isInside) {
        spans.add(
            new Span(
                Math.max(from, span.start()) - from,
                Math.min(to, span.end()) - from,
                span.origin(),
                span.generated()));
      }
    }
    return new Prompt(text.substring(from, to), spans, seamsIn(prompt.seams(), from, to));
  }

  private static List<Integer> seamsIn(List<Integer> seams, int from, int to) {
    List<Integer> inside = new ArrayList<>();
    int index = firstNot(seams.size(), at -> seams.get(at) <= from);
    for (; index < seams.size() && seams.get(index) < to; index++) {
      inside.add(seams.get(index) - from);
    }
    return inside;
  }
}
