package dev.remora.engine.regex;

import dev.remora.core.text.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds matches in a time that grows with the text alone, whatever the regex looks at: goes through
 * the text from its end first, which tells of each place from which steps a match is reached, and
 * then through the regex, always by the first branch that reaches one.
 *
 * <p>Of a stretch of some thousand places it is known at a time; of the others, where they begin,
 * from which it is found out again. Of one thread at a time.
 */
final class GuidedSearch {
  private static final int STRETCH = 1 << 12; // bytes
  private static final int MAX_STATES = 1 << 13; // kept from one stretch to the next

  private final Program program;
  private final ReachAutomaton ahead;
  private final @Nullable Program behindProgram;
  private final @Nullable ReachAutomaton behind;

  private byte[] bytes = {};
  private int textStart;
  private int from; // where the first stretch begins
  private int to;
  private final List<long[]> setsAfter = new ArrayList<>(); // of each stretch: at its end
  private final List<long[]> setsBehind = new ArrayList<>(); // of each stretch: at its start

  private int stretch; // the one that is known
  private int known; // its first place
  private int knownEnd;
  private final int[] states = new int[STRETCH + 4]; // of each place in it
  private final int[] looks = new int[STRETCH + 4]; // of each place in it: what is found behind

  private int matchStart;
  private int matchEnd;

  GuidedSearch(Program program, @Nullable Program behindProgram) {
    this.program = program;
    this.ahead = new ReachAutomaton(program);
    this.behindProgram = behindProgram;
    this.behind = behindProgram == null ? null : new ReachAutomaton(behindProgram);
  }

  /** Where the match begins that was found last. */
  int matchStart() {
    return matchStart;
  }

  /** Where it ends. */
  int matchEnd() {
    return matchEnd;
  }

  /** Takes a text, in which matches are looked for from some place on. */
  void begin(byte[] text, int textFrom, int at, int textTo) {
    bytes = text;
    textStart = textFrom;
    from = at;
    to = textTo;
    setsAfter.clear();
    setsBehind.clear();
    int last = (to - from) / STRETCH;
    for (int index = 0; index <= last; index++) {
      setsAfter.add(new long[0]);
    }
    if (behind != null) {
      lookBehind(last);
    }
    long[] after = ahead.set(ahead.nothing());
    for (int index = last; index >= 0; index--) {
      setsAfter.set(index, after);
      learn(index);
      after = ahead.set(states[0]);
    }
  }

  /** Where a stretch begins: at the first character that begins there or later. */
  private int start(int index) {
    long at = from + (long) index * STRETCH;
    int place = (int) Math.min(at, to + 1L);
    while (place < to && Utf8.isContinuation(bytes[place])) {
      place++;
    }
    return place;
  }

  private int symbolAfter(int place) {
    return place < to ? program.alphabet.symbolAt(bytes, place) : program.alphabet.end();
  }

  private int symbolBefore(int place) {
    return place > textStart
        ? program.alphabet.symbolAt(bytes, Utf8.before(bytes, place))
        : program.alphabet.end();
  }

  private int next(int place) {
    return place < to ? place + Utf8.lengthOf(bytes[place]) : place + 1;
  }

  /** Notes what is found behind where each stretch begins. */
  private void lookBehind(int last) {
    ReachAutomaton automaton = Objects.requireNonNull(behind);
    automaton.forget();
    int state = automaton.nothing();
    int index = 0;
    int start = start(0);
    for (int place = textStart; place <= to; place = next(place)) {
      state = automaton.step(state, symbolBefore(place), symbolAfter(place), 0);
      while (index <= last && place == start) {
        setsBehind.add(automaton.set(state));
        index++;
        start = index <= last ? start(index) : -1;
      }
      state = bounded(automaton, state);
    }
  }

  /** The same state after those are forgotten that have become too many. */
  private static int bounded(ReachAutomaton automaton, int state) {
    if (automaton.size() <= MAX_STATES) {
      return state;
    }
    long[] set = automaton.set(state);
    automaton.forget();
    return automaton.state(set);
  }

  /** Finds out all about a stretch. */
  private void learn(int index) {
    stretch = index;
    known = start(index);
    knownEnd = index + 1 < setsAfter.size() ? start(index + 1) : to + 1;
    int last = known;
    for (int place = known; place < knownEnd; place = next(place)) {
      last = place;
    }
    if (behind != null) {
      learnLooks(behind, index);
    }
    if (ahead.size() > MAX_STATES) {
      ahead.forget();
    }
    int state = ahead.state(setsAfter.get(index));
    for (int place = last; known < knownEnd; place = Utf8.before(bytes, place)) {
      int seen = behind == null ? 0 : looks[place - known];
      state = ahead.step(state, symbolAfter(place), symbolBefore(place), seen);
      states[place - known] = state;
      if (place == known) {
        break;
      }
    }
  }

  private void learnLooks(ReachAutomaton automaton, int index) {
    automaton.forget();
    int state = automaton.state(setsBehind.get(index));
    int[] starts = Objects.requireNonNull(behindProgram).starts;
    for (int place = known; place < knownEnd; place = next(place)) {
      if (place > known) {
        state = automaton.step(state, symbolBefore(place), symbolAfter(place), 0);
      }
      int seen = 0;
      for (int look = 0; look < starts.length; look++) {
        seen |= automaton.reaches(state, starts[look]) ? 1 << look : 0;
      }
      looks[place - known] = seen;
    }
  }

  private boolean reaches(int place, int step) {
    while (place >= knownEnd) {
      learn(stretch + 1);
    }
    return ahead.reaches(states[place - known], step);
  }

  /** Whether a match begins at a place or after it; places may only grow. */
  boolean find(int place) {
    if (known > place) {
      learn(0);
    }
    int start = program.starts[0];
    int at = place;
    while (at <= to && !reaches(at, start)) {
      at = next(at);
    }
    if (at > to) {
      return false;
    }
    matchStart = at;
    int step = start;
    while (program.kinds[step] != Program.DONE) {
      switch (program.kinds[step]) {
        case Program.TAKE -> {
          at = next(at);
          step = program.next[step];
        }
        case Program.FORK -> step = firstThatReaches(at, program.forks[step]);
        default -> step = program.next[step];
      }
    }
    matchEnd = at;
    return true;
  }

  private int firstThatReaches(int place, int[] branches) {
    for (int branch : branches) {
      if (reaches(place, branch)) {
        return branch;
      }
    }
    throw new IllegalStateException("no branch leads to the match");
  }
}
