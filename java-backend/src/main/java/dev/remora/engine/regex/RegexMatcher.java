package dev.remora.engine.regex;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.EightBytes;
import org.jspecify.annotations.Nullable;

/**
 * The matches of a regex in a text, one after the other, as the reference finds them: the leftmost,
 * and from there the one that backtracking would find; then on from its end, but not nothing where
 * the last one ended.
 *
 * <p>Of one thread at a time.
 */
public final class RegexMatcher {
  private static final int FREE_BYTES = 1 << 10;
  private static final int BYTES_FOR_EACH = 16;

  private final @Nullable ForwardAutomaton forward; // null if two symbols do not decide all
  private final boolean looksBehind;
  private final GuidedSearch guided;
  private final short[] leads;
  private final Alphabet alphabet;
  private boolean @Nullable [] beginners; // bytes that a match may begin with; null if not made

  private byte[] bytes = {};
  private int from;
  private int to;
  private int at; // where the next match may begin
  private int lastEnd; // of the last match; -1 if there was none
  private boolean isGuided;
  private boolean guideKnows; // the text
  private long wasted; // bytes that were looked at and not matched
  private int start;
  private int end;

  RegexMatcher(Program program, @Nullable Program behind, boolean alwaysGuided) {
    boolean needsGuide = alwaysGuided || !program.isLocal();
    this.forward = needsGuide ? null : new ForwardAutomaton(program);
    this.looksBehind = forward != null && forward.looksBehind();
    this.guided = new GuidedSearch(program, behind);
    this.alphabet = program.alphabet;
    this.leads = alphabet.leads();
  }

  /**
   * Takes a text.
   *
   * @param text UTF-8
   * @param textFrom where it begins
   * @param textTo where it ends
   */
  public void begin(byte[] text, int textFrom, int textTo) {
    bytes = text;
    from = textFrom;
    to = textTo;
    at = textFrom;
    lastEnd = -1;
    isGuided = false;
    guideKnows = false;
    wasted = 0;
  }

  /** Where the last match begins. */
  public int start() {
    return start;
  }

  /** Where it ends. */
  public int end() {
    return end;
  }

  /** Finds the next match; false if there is none. */
  public boolean next() {
    while (at <= to && search()) {
      if (start == end && end == lastEnd) {
        at = after(at);
      } else {
        at = end;
        lastEnd = end;
        isGuided = isGuided || wastesTime(at);
        return true;
      }
    }
    at = to + 1;
    return false;
  }

  private int after(int place) {
    return place < to ? place + Utf8.lengthOf(bytes[place]) : place + 1;
  }

  private boolean search() {
    int place = at;
    if (forward != null) {
      boolean[] firsts = beginners == null ? makeBeginners(forward) : beginners;
      while (place <= to && !isGuided) {
        while (place < to && !firsts[bytes[place] & 0xFF]) {
          place++;
        }
        if (matches(forward, place)) {
          start = place;
          return true;
        }
        place = after(place);
        isGuided = wastesTime(place);
      }
    }
    return place <= to && searchGuided(place);
  }

  /** The bytes that a match may begin with; of a character, only the first can. */
  private boolean[] makeBeginners(ForwardAutomaton automaton) {
    boolean[] made = new boolean[leads.length];
    for (int lead = 0; lead < made.length; lead++) {
      boolean isLead = !Utf8.isContinuation((byte) lead);
      boolean isKnown = leads[lead] >= 0 && !looksBehind;
      made[lead] = isLead && (!isKnown || automaton.mayBeginWith(leads[lead]));
    }
    beginners = made;
    return made;
  }

  /** Whether so much is looked at in vain that going through the whole text is less. */
  private boolean wastesTime(int place) {
    return wasted > FREE_BYTES + (long) BYTES_FOR_EACH * (place - from);
  }

  private boolean searchGuided(int place) {
    if (!guideKnows) {
      guideKnows = true;
      guided.begin(bytes, from, place, to);
    }
    if (!guided.find(place)) {
      return false;
    }
    start = guided.matchStart();
    end = guided.matchEnd();
    return true;
  }

  /** Whether a match begins at a place. */
  private boolean matches(ForwardAutomaton automaton, int place) {
    int row = automaton.startRow(looksBehind ? symbolBefore(place) : 0);
    int[] table = automaton.table();
    int last = -1;
    int next = place;
    while (true) {
      int symbol;
      int here = next;
      if (here >= to) {
        symbol = alphabet.end();
      } else {
        symbol = leads[bytes[here] & 0xFF];
        symbol = symbol >= 0 ? symbol : alphabet.symbolAt(bytes, here);
        next = here + Utf8.lengthOf(bytes[here]);
      }
      int entry = table[row + symbol];
      if (entry == 0) {
        entry = automaton.entry(row, symbol);
        table = automaton.table();
      }
      if ((entry & ForwardAutomaton.MATCH) != 0) {
        last = here;
      }
      int before = row;
      row = entry >>> ForwardAutomaton.ROW_SHIFT;
      if (row == 0 || here >= to) {
        end = last;
        wasted += here - Math.max(last, place);
        return last >= 0;
      }
      if (row == before && isSmallLetter(bytes[here]) && automaton.loopsOverLetters(row, entry)) {
        next = EightBytes.endOfSmallLetters(bytes, next, to);
        last = last == here ? next - 1 : last; // before the last of the letters, if before this one
      }
    }
  }

  private static boolean isSmallLetter(byte sign) {
    return sign >= 'a' && sign <= 'z';
  }

  private int symbolBefore(int place) {
    return place > from ? alphabet.symbolAt(bytes, Utf8.before(bytes, place)) : alphabet.end();
  }
}
