package dev.remora.engine.regex;

import dev.remora.core.text.SeededHash;
import java.util.Arrays;

/** What tells a state of an automaton from others. Immutable. */
final class StateKey {
  private final long[] words;
  private final int hash;

  /** Takes the array, which nobody may change. */
  StateKey(long[] words) {
    this.words = words;
    long sum = words.length;
    for (long word : words) {
      sum = SeededHash.of(sum, word);
    }
    this.hash = (int) sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateKey key && hash == key.hash && Arrays.equals(words, key.words);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
