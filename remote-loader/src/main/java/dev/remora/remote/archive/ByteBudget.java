package dev.remora.remote.archive;

import dev.remora.LimitException;
import dev.remora.Rule;
import java.util.Locale;

/** Counts what really arrives against a bound (rule C1). Not thread-safe. */
public final class ByteBudget {
  private final String limit;
  private final long bound;
  private long used;

  /**
   * @param limit what is counted, with its unit
   * @param bound how much may be taken
   */
  public ByteBudget(String limit, long bound) {
    this.limit = limit;
    this.bound = bound;
  }

  /**
   * Takes so much, before it is stored.
   *
   * @throws LimitException if that is more than the bound
   */
  public void take(long amount) {
    if (amount > Long.MAX_VALUE - used) { // declared, so perhaps absurd
      throw new LimitException(Rule.C1, limit, bound, Long.MAX_VALUE);
    }
    used += amount;
    if (used > bound) {
      throw new LimitException(Rule.C1, limit, bound, used);
    }
  }

  /** What is counted, how much of it was taken, and the bound. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d of %,d %s", used, bound, limit);
  }

  /** How much was taken so far. */
  public long used() {
    return used;
  }
}
