package dev.remora.engine.regex;

import dev.remora.core.text.SeededHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells from which steps of a program its end can be reached at each place of a text, going through
 * the text against the direction in which the program takes characters. A state is the set of those
 * steps. Of one thread at a time.
 */
final class ReachAutomaton {
  private static final int FIRST_SLOTS = 1 << 8;
  private static final int FREE = -1;

  private final Program program;
  private final int[] like; // of each symbol: the one that it is like on the other side
  private final int words; // of a set
  private final Map<StateKey, Integer> states = new HashMap<>();
  private final List<long[]> sets = new ArrayList<>(); // of each state
  private long[] keys = new long[FIRST_SLOTS]; // open addressing: what leads from one to the next
  private int[] values = new int[FIRST_SLOTS];
  private int used;

  ReachAutomaton(Program program) {
    this.program = program;
    this.like = program.representatives();
    this.words = (program.size() + 63) / 64;
    Arrays.fill(values, FREE);
  }

  /** The state at which nothing is reached, after the end of the text. */
  int nothing() {
    return state(new long[words]);
  }

  /** How many states there are. */
  int size() {
    return sets.size();
  }

  /** The set of a state; not to be changed. */
  long[] set(int state) {
    return sets.get(state);
  }

  /** The state of a set, which nobody may change. */
  int state(long[] set) {
    StateKey key = new StateKey(set);
    Integer known = states.putIfAbsent(key, sets.size());
    if (known != null) {
      return known;
    }
    sets.add(set);
    return sets.size() - 1;
  }

  /** Forgets all states; numbers of states mean nothing any more. */
  void forget() {
    states.clear();
    sets.clear();
    keys = new long[FIRST_SLOTS];
    values = new int[FIRST_SLOTS];
    Arrays.fill(values, FREE);
    used = 0;
  }

  /** Whether the end is reached from a step. */
  boolean reaches(int state, int step) {
    return (sets.get(state)[step >> 6] >>> step & 1) != 0;
  }

  /**
   * The state at a place.
   *
   * @param state that of the place after the character that would be taken
   * @param symbol of that character
   * @param otherSymbol of the character on the other side
   * @param looks bits of the looks in the other direction that found something
   */
  int step(int state, int symbol, int otherSymbol, int looks) {
    int other = like[otherSymbol];
    long key = (long) state << 32 | (long) symbol << 16 | (long) other << 8 | looks;
    int slot = slot(key);
    if (values[slot] != FREE) {
      return values[slot];
    }
    int next = state(reached(sets.get(state), symbol, other, looks));
    if (2 * ++used > keys.length) {
      grow();
      slot = slot(key);
    }
    keys[slot] = key;
    values[slot] = next;
    return next;
  }

  /** Where a key is, or would be. */
  private int slot(long key) {
    int slot = (int) SeededHash.of(key, 0) & (keys.length - 1);
    while (values[slot] != FREE && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = new int[2 * oldKeys.length];
    Arrays.fill(values, FREE);
    for (int index = 0; index < oldKeys.length; index++) {
      if (oldValues[index] != FREE) {
        int slot = slot(oldKeys[index]);
        keys[slot] = oldKeys[index];
        values[slot] = oldValues[index];
      }
    }
  }

  private long[] reached(long[] after, int symbol, int other, int looks) {
    long[] set = new long[words];
    boolean isCharacter = symbol != program.alphabet.end();
    for (int step = 0; step < program.size(); step++) {
      int next = program.next[step];
      boolean reaches =
          switch (program.kinds[step]) {
            case Program.TAKE -> isCharacter && has(after, next) && program.takes(step, symbol);
            case Program.FORK -> hasAny(set, program.forks[step]);
            case Program.TEST -> has(set, next) && program.allows(step, symbol, other);
            case Program.LOOK ->
                has(set, next) && has(set, program.arguments[step]) != program.negative[step];
            case Program.OTHER_LOOK ->
                has(set, next)
                    && (looks >>> program.arguments[step] & 1) != 0 != program.negative[step];
            default -> true;
          };
      if (reaches) {
        set[step >> 6] |= 1L << step;
      }
    }
    return set;
  }

  private static boolean has(long[] set, int step) {
    return (set[step >> 6] >>> step & 1) != 0;
  }

  private static boolean hasAny(long[] set, int[] steps) {
    for (int step : steps) {
      if (has(set, step)) {
        return true;
      }
    }
    return false;
  }
}
