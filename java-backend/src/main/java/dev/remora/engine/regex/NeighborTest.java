package dev.remora.engine.regex;

import java.util.BitSet;

/**
 * A condition that two symbols decide: the one before a place and the one after it. Immutable and
 * thread-safe.
 */
final class NeighborTest {
  private final int symbols; // with that of the ends
  private final BitSet allowed; // pairs: the symbol before, times their count, plus the one after

  private NeighborTest(int symbols, BitSet allowed) {
    this.symbols = symbols;
    this.allowed = allowed;
  }

  /** Decides for two symbols. */
  interface Rule {
    boolean allows(int before, int after);
  }

  static NeighborTest of(int symbols, Rule rule) {
    BitSet allowed = new BitSet(symbols * symbols);
    for (int before = 0; before < symbols; before++) {
      for (int after = 0; after < symbols; after++) {
        allowed.set(before * symbols + after, rule.allows(before, after));
      }
    }
    return new NeighborTest(symbols, allowed);
  }

  boolean allows(int before, int after) {
    return allowed.get(before * symbols + after);
  }

  boolean allowsAll() {
    return allowed.cardinality() == symbols * symbols;
  }

  boolean allowsNone() {
    return allowed.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NeighborTest test && allowed.equals(test.allowed);
  }

  @Override
  public int hashCode() {
    return allowed.hashCode();
  }

  NeighborTest or(NeighborTest other) {
    BitSet either = (BitSet) allowed.clone();
    either.or(other.allowed);
    return new NeighborTest(symbols, either);
  }

  NeighborTest and(NeighborTest other) {
    BitSet both = (BitSet) allowed.clone();
    both.and(other.allowed);
    return new NeighborTest(symbols, both);
  }

  NeighborTest not() {
    BitSet others = (BitSet) allowed.clone();
    others.flip(0, symbols * symbols);
    return new NeighborTest(symbols, others);
  }
}
