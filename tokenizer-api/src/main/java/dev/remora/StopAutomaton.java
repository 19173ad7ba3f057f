package dev.remora;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The automaton of Aho and Corasick over stop strings: its state after a text is the longest suffix
 * of the text that is a prefix of a stop string. Immutable and thread-safe.
 */
final class StopAutomaton {
  /** The state of the empty suffix. */
  private final State root = new State(0);

  /** One prefix of stop strings. */
  static final class State {
    private final TreeMap<Character, State> next = new TreeMap<>();
    private final int length;
    private State shorter = this; // the longest proper suffix that is a prefix too
    private @Nullable String match;

    private State(int length) {
      this.length = length;
    }

    /** The longest stop string that ends here; null if none does. */
    @Nullable String match() {
      return match;
    }

    /** The length of the longest suffix that more text could make a stop string. */
    int held() {
      State state = this;
      while (state.next.isEmpty() && state.length > 0) {
        state = state.shorter;
      }
      return state.length;
    }
  }

  StopAutomaton(Collection<String> strings) {
    for (String string : strings) {
      State state = root;
      for (int at = 0; at < string.length(); at++) {
        int length = at + 1;
        state = state.next.computeIfAbsent(string.charAt(at), key -> new State(length));
      }
      state.match = string;
    }
    link();
  }

  /** Links each state to its longest proper suffix, shorter states first. */
  private void link() {
    Deque<State> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      State state = open.remove();
      state.next.forEach(
          (c, target) -> {
            target.shorter = state == root ? root : after(state.shorter, c);
            target.match = target.match == null ? target.shorter.match : target.match;
            open.add(target);
          });
    }
  }

  /** The state of the empty text. */
  State start() {
    return root;
  }

  /** The state after one more UTF-16 unit. */
  State after(State state, char c) {
    State from = state;
    while (true) {
      State target = from.next.get(c);
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
