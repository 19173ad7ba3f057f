package dev.remora.engine.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds where the match ends that begins at a place. A state is the list of the steps that
 * backtracking may have come to, in the order in which it would try them; what comes after the end
 * of a match in that list would not be tried. States are made when a text first leads to them; if
 * they become too many, all are forgotten.
 *
 * <p>Of one thread at a time.
 */
final class ForwardAutomaton {
  /** A bit of an entry: a match ends before the symbol. */
  static final int MATCH = 1;

  /** An entry without this is not known yet. */
  private static final int KNOWN = 2;

  /** An entry is the row of the next state above so many bits; that of no state is 0. */
  static final int ROW_SHIFT = 2;

  private static final int MAX_CELLS = 1 << 20; // of the table: four megabytes

  private final Program program;
  private final int end; // the symbol
  private final int shift; // a row has two to this power cells
  private final int[] like; // of each symbol: the one that it is like before a place
  private final Map<StateKey, Integer> rows = new HashMap<>();
  private final List<int[]> steps = new ArrayList<>(); // of each state, by its row
  private final List<Integer> before = new ArrayList<>(); // of each state: the symbol before it
  private final int[] startRows; // of each symbol before a place; 0 if not made
  private final BitSet letterLoops = new BitSet(); // of each state: whether small letters lead back
  private final BitSet seenLoops = new BitSet(); // of each state: whether that is known
  private int[] table;

  private final int[] stack;
  private final int[] expanded; // of each step: when it was last reached
  private final int[] taken; // of each step: when it was last taken to
  private int now;
  private int[] found = new int[16];
  private int foundCount;
  private long work; // steps looked at

  ForwardAutomaton(Program program) {
    this.program = program;
    this.end = program.alphabet.end();
    this.shift = 32 - Integer.numberOfLeadingZeros(end);
    this.like = program.representatives();
    this.startRows = new int[end + 1];
    this.table = new int[4 << shift];
    int edges = 1;
    for (int[] fork : program.forks) {
      edges += fork == null ? 1 : fork.length;
    }
    this.stack = new int[edges + program.size()];
    this.expanded = new int[program.size()];
    this.taken = new int[program.size()];
    forget();
  }

  private void forget() {
    rows.clear();
    steps.clear();
    before.clear();
    letterLoops.clear();
    seenLoops.clear();
    Arrays.fill(startRows, 0);
    Arrays.fill(table, 0);
    steps.add(new int[0]); // no state: nothing leads on from it
    before.add(0);
    Arrays.fill(table, 0, 1 << shift, KNOWN);
  }

  /** The table: of each row, what each symbol leads to; it may be another after the next call. */
  int[] table() {
    return table;
  }

  /** The row of the state at the start of a match, after a symbol. */
  int startRow(int symbolBefore) {
    int alike = like[symbolBefore];
    if (startRows[alike] == 0) {
      begin();
      expand(program.starts[0]);
      startRows[alike] = row(alike);
    }
    return startRows[alike];
  }

  /** Whether what stands before a place counts. */
  boolean looksBehind() {
    for (int symbol : like) {
      if (symbol != 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether a match may begin with a symbol, where what stands before does not count. */
  boolean mayBeginWith(int symbol) {
    int state = startRow(0) >> shift;
    begin();
    return follow(steps.get(state), before.get(state), symbol) || foundCount > 0;
  }

  /** The entry of a row and a symbol, which is made if it is not known. */
  int entry(int row, int symbol) {
    int known = table[row + symbol];
    return known != 0 ? known : make(row, symbol);
  }

  /** Whether every small letter of ASCII has the same entry, which leads from a row to itself. */
  boolean loopsOverLetters(int row, int entry) {
    int state = row >> shift;
    if (!seenLoops.get(state)) {
      boolean loops = true;
      for (int letter = 'a'; letter <= 'z' && loops; letter++) {
        loops = loops(state, program.alphabet.leads()[letter], (entry & MATCH) != 0);
      }
      seenLoops.set(state);
      letterLoops.set(state, loops);
    }
    return letterLoops.get(state);
  }

  /** Whether a symbol leads from a state to itself, and a match ends before it or not. */
  private boolean loops(int state, int symbol, boolean matches) {
    int symbolBefore = before.get(state);
    begin();
    return follow(steps.get(state), symbolBefore, symbol) == matches
        && like[symbol] == symbolBefore
        && Arrays.equals(found, 0, foundUpToDone(), steps.get(state), 0, steps.get(state).length);
  }

  private int make(int row, int symbol) {
    int[] from = steps.get(row >> shift);
    int symbolBefore = before.get(row >> shift);
    begin();
    boolean matches = follow(from, symbolBefore, symbol);
    int made = steps.size();
    int next = foundCount == 0 ? 0 : row(like[symbol]);
    int entry = next << ROW_SHIFT | KNOWN | (matches ? MATCH : 0);
    if (steps.size() >= made) { // else all were forgotten, this row too
      table[row + symbol] = entry;
    }
    return entry;
  }

  private void begin() {
    foundCount = 0;
    now++;
    if (now == Integer.MAX_VALUE) {
      Arrays.fill(expanded, 0);
      Arrays.fill(taken, 0);
      now = 1;
    }
  }

  /** Collects where a symbol leads from a list of steps; gives whether a match ends before it. */
  private boolean follow(int[] from, int symbolBefore, int symbol) {
    byte[] kinds = program.kinds;
    for (int step : from) {
      int depth = 0;
      stack[depth++] = step;
      while (depth > 0) {
        int at = stack[--depth];
        if (expanded[at] == now) {
          continue;
        }
        expanded[at] = now;
        work++;
        switch (kinds[at]) {
          case Program.TAKE -> {
            if (symbol != end && program.takes(at, symbol)) {
              expand(program.next[at]);
            }
          }
          case Program.FORK -> depth = push(program.forks[at], depth);
          case Program.TEST -> {
            if (program.allows(at, symbol, symbolBefore)) {
              stack[depth++] = program.next[at];
            }
          }
          case Program.DONE -> {
            return true;
          }
          default -> throw new IllegalStateException("a look in a program without");
        }
      }
    }
    return false;
  }

  private int push(int[] branches, int depth) {
    int top = depth;
    for (int index = branches.length - 1; index >= 0; index--) {
      stack[top++] = branches[index];
    }
    return top;
  }

  /** Appends a step, or what the forks that it is lead to, unless it is there. */
  private void expand(int step) {
    if (taken[step] == now) {
      return;
    }
    taken[step] = now;
    work++;
    int[] fork = program.forks[step];
    if (fork != null) {
      for (int branch : fork) {
        expand(branch);
      }
      return;
    }
    if (foundCount == found.length) {
      found = Arrays.copyOf(found, 2 * foundCount);
    }
    found[foundCount++] = step;
  }

  /** How many of the steps that were collected count: after the end of a match none is tried. */
  private int foundUpToDone() {
    int count = 0;
    while (count < foundCount && program.kinds[found[count]] != Program.DONE) {
      count++;
    }
    return Math.min(foundCount, count + 1);
  }

  /** The row of the state of what was collected. */
  private int row(int symbolBefore) {
    int count = foundUpToDone();
    long[] words = new long[count + 1];
    for (int index = 0; index < count; index++) {
      words[index] = found[index];
    }
    words[count] = symbolBefore;
    StateKey key = new StateKey(words);
    Integer known = rows.get(key);
    if (known != null) {
      return known;
    }
    if ((steps.size() + 1) << shift > MAX_CELLS) {
      forget();
    }
    int row = steps.size() << shift;
    if (row + (1 << shift) > table.length) {
      table = Arrays.copyOf(table, 2 * table.length);
    }
    steps.add(Arrays.copyOf(found, count));
    before.add(symbolBefore);
    rows.put(key, row);
    return row;
  }

  /** Whether all states together are few enough to be made, and soon made. */
  boolean isSmall(int maxStates, long maxWork) {
    for (int symbol = 0; symbol <= end; symbol++) {
      startRow(symbol);
    }
    for (int state = 1; state < steps.size(); state++) {
      for (int symbol = 0; symbol <= end; symbol++) {
        entry(state << shift, symbol);
        if (steps.size() > maxStates || work > maxWork) {
          return false;
        }
      }
    }
    return true;
  }
}
