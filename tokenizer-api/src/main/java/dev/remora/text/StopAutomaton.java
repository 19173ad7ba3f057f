package dev.remora.text;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The automaton of Aho and Corasick over stop strings: its state after a text is the longest suffix
 * of the text that is a prefix of a stop string. Immutable and thread-safe.
 */
public final class StopAutomaton {
  /** The state of the empty suffix. */
  private final State root = new State("", 0);

  /** A bit for each UTF-16 unit that a stop string begins with: all others lead to the root. */
  private final long[] begins;

  /** One prefix of stop strings. */
  public static final class State {
    private final String string; // a stop string that begins with this prefix
    private final int length; // of the prefix
    private char[] units = {}; // ascending: those that a stop string goes on with
    private State[] targets = {}; // for each unit
    private int count; // of the units, while they are added
    private State shorter = this; // the longest proper suffix that is a prefix too
    private State held = this; // itself or the longest suffix that more text could make a stop
    private @Nullable String match;

    private State(String string, int length) {
      this.string = string;
      this.length = length;
    }

    /** The longest stop string that ends here; null if none does. */
    public @Nullable String match() {
      return match;
    }

    /** The state of the longest suffix that more text could make a stop string. */
    public State held() {
      return held;
    }

    /** How many UTF-16 units the prefix has. */
    public int length() {
      return length;
    }

    /** Inserts the first units of the prefix into a text. */
    public void insertInto(StringBuilder target, int at, int units) {
      target.insert(at, string, 0, units);
    }

    private @Nullable State target(char unit) {
      int index = Arrays.binarySearch(units, unit);
      return index < 0 ? null : targets[index];
    }

    /** The target of a unit that is not less than any before. */
    private State lastOrNew(String string, int at) {
      char unit = string.charAt(at);
      if (count > 0 && units[count - 1] == unit) {
        return targets[count - 1];
      }
      if (count == units.length) {
        units = Arrays.copyOf(units, 2 * count + 1);
        targets = Arrays.copyOf(targets, units.length);
      }
      units[count] = unit;
      targets[count] = new State(string, at + 1);
      return targets[count++];
    }

    /** Ends the adding of targets. */
    private void trim() {
      units = Arrays.copyOf(units, count);
      targets = Arrays.copyOf(targets, count);
    }
  }

  /** The automaton of stop strings, none of them empty. */
  public StopAutomaton(Collection<String> strings) {
    for (String string : new TreeSet<>(strings)) { // units of each state ascend
      State state = root;
      for (int at = 0; at < string.length(); at++) {
        state = state.lastOrNew(string, at);
      }
      state.match = string;
    }
    root.trim();
    int bound = root.units.length == 0 ? 0 : root.units[root.units.length - 1] + 1;
    this.begins = new long[(bound + 63) / 64];
    for (char unit : root.units) {
      begins[unit >>> 6] |= 1L << unit;
    }
    link();
  }

  /** Links each state to its longest proper suffix, shorter states first. */
  private void link() {
    Deque<State> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      State state = open.remove();
      for (int index = 0; index < state.units.length; index++) {
        State target = state.targets[index];
        target.trim();
        target.shorter = state == root ? root : after(state.shorter, state.units[index]);
        target.match = target.match == null ? target.shorter.match : target.match;
        target.held = target.units.length > 0 ? target : target.shorter.held;
        open.add(target);
      }
    }
  }

  /** The state of the empty text. */
  public State start() {
    return root;
  }

  /** Where in a text, from {@code from} on, a stop string can first begin; else the text's end. */
  public int firstBegin(CharSequence text, int from) {
    int end = text.length();
    int at = from;
    while (at < end && !isBegin(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private boolean isBegin(char unit) {
    int word = unit >>> 6;
    return word < begins.length && (begins[word] >>> unit & 1) != 0;
  }

  /** The state after one more UTF-16 unit. */
  public State after(State state, char unit) {
    State from = state;
    while (true) {
      State target = from.target(unit);
      if (target != null) {
        return target;
      }
      if (from == root) {
        return root;
      }
      from = from.shorter;
    }
  }
}
