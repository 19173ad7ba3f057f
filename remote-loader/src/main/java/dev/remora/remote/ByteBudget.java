package dev.remora.remote;

import dev.remora.LimitException;
import dev.remora.Rule;

/** Counts what really arrives against a bound (rule C1). Exactly at the bound passes. */
final class ByteBudget {
  private final String limit;
  private final long bound;
  private long used;

  ByteBudget(String limit, long bound) {
    this.limit = limit;
    this.bound = bound;
  }

  /** Takes so much, before it is stored. */
  void take(long amount) {
    used = Math.addExact(used, amount);
    if (used > bound) {
      throw new LimitException(Rule.C1, limit, bound, used);
    }
  }

  long used() {
    return used;
  }
}
