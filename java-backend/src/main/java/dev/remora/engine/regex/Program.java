package dev.remora.engine.regex;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The steps of a regex, numbered so that a step which takes no character comes after those that
 * follow it: one pass over the numbers settles all. Immutable and thread-safe.
 */
final class Program {
  /** Takes one character of a set. */
  static final byte TAKE = 0;

  /** The first branch that leads to a match. */
  static final byte FORK = 1;

  /** Goes on if a test allows it. */
  static final byte TEST = 2;

  /** Goes on if other steps of this program lead to their end, or do not. */
  static final byte LOOK = 3;

  /** Goes on if a look in the other direction found something, or did not. */
  static final byte OTHER_LOOK = 4;

  /** The end. */
  static final byte DONE = 5;

  /** Whether the steps take what is after a place, or what is before it. */
  final boolean ahead;

  final Alphabet alphabet;

  /** The kind of each step. */
  final byte[] kinds;

  /** Of each step but a fork: the next one. */
  final int[] next;

  /** Of each fork: its branches. */
  final int[][] forks;

  /** Of {@link #TAKE}: the set; of {@link #TEST}: the test; of looks: the step, or the look. */
  final int[] arguments;

  /** Of looks: whether there must be nothing. */
  final boolean[] negative;

  /** Of each set: its symbols. */
  final BitSet[] sets;

  final NeighborTest[] tests;

  /** The step that a match begins with; of a program that looks behind, that of each look. */
  final int[] starts;

  Program(
      boolean ahead,
      Alphabet alphabet,
      byte[] kinds,
      int[] next,
      int[][] forks,
      int[] arguments,
      boolean[] negative,
      BitSet[] sets,
      NeighborTest[] tests,
      int[] starts) {
    this.ahead = ahead;
    this.alphabet = alphabet;
    this.kinds = kinds;
    this.next = next;
    this.forks = forks;
    this.arguments = arguments;
    this.negative = negative;
    this.sets = sets;
    this.tests = tests;
    this.starts = starts;
  }

  int size() {
    return kinds.length;
  }

  /** Whether two symbols decide all conditions. */
  boolean isLocal() {
    for (byte kind : kinds) {
      if (kind == LOOK || kind == OTHER_LOOK) {
        return false;
      }
    }
    return true;
  }

  boolean takes(int step, int symbol) {
    return sets[arguments[step]].get(symbol);
  }

  /** Whether a test allows the symbol that would be taken, and the one on the other side. */
  boolean allows(int step, int taken, int other) {
    NeighborTest test = tests[arguments[step]];
    return ahead ? test.allows(other, taken) : test.allows(taken, other);
  }

  /**
   * Of each symbol: the lowest one that no test can tell from it on the side where nothing is
   * taken.
   */
  int[] representatives() {
    int symbols = alphabet.size() + 1;
    int[] representatives = new int[symbols];
    Map<BitSet, Integer> known = new HashMap<>();
    for (int symbol = 0; symbol < symbols; symbol++) {
      BitSet allowed = new BitSet(tests.length * symbols);
      for (int test = 0; test < tests.length; test++) {
        for (int taken = 0; taken < symbols; taken++) {
          boolean allows =
              ahead ? tests[test].allows(symbol, taken) : tests[test].allows(taken, symbol);
          allowed.set(test * symbols + taken, allows);
        }
      }
      Integer like = known.putIfAbsent(allowed, symbol);
      representatives[symbol] = like == null ? symbol : like;
    }
    return representatives;
  }
}
