package dev.remora.jinja.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Runs of characters, each of its own origin. Parts of a string share the arrays. */
final class OriginRuns extends Provenance {
  private final int[] ends; // of each run, ascending
  private final @Nullable Origin[] origins; // of each run; null for the template's own
  private final int from; // where the characters begin that this is for
  private final int to; // where they end

  private OriginRuns(int[] ends, @Nullable Origin[] origins, int from, int to) {
    this.ends = ends;
    this.origins = origins;
    this.from = from;
    this.to = to;
  }

  /** Receives runs. */
  interface Visitor {
    /** Receives a run that ends at this index of the string. */
    void run(int end, @Nullable Origin origin);
  }

  /** Of runs that cover a whole string: at least two, one of which is not the template's own. */
  static OriginRuns of(int[] ends, @Nullable Origin[] origins) {
    return new OriginRuns(ends, origins, 0, ends[ends.length - 1]);
  }

  /** The provenance of two strings, one after the other. */
  static @Nullable Provenance joined(
      @Nullable Provenance left,
      int leftLength,
      @Nullable Provenance right,
      int rightLength,
      Budget budget) {
    if (rightLength == 0 || (left == right && !(left instanceof OriginRuns))) {
      return left;
    }
    if (leftLength == 0) {
      return right;
    }
    int leftRuns = left == null ? 1 : left.runs();
    int all = leftRuns + (right == null ? 1 : right.runs());
    budget.listing(all > 2 ? all : 0);
    int[] ends = new int[all];
    @Nullable Origin[] origins = new Origin[all];
    put(left, 0, leftLength, ends, origins, 0);
    put(right, leftLength, rightLength, ends, origins, leftRuns);
    return of(ends, origins);
  }

  private static void put(
      @Nullable Provenance part,
      int start,
      int length,
      int[] ends,
      @Nullable Origin[] origins,
      int index) {
    if (part instanceof OriginRuns several) {
      int first = several.runAt(several.from);
      int count = several.runs();
      for (int run = 0; run < count; run++) {
        ends[index + run] = start + Math.min(several.ends[first + run], several.to) - several.from;
        origins[index + run] = several.origins[first + run];
      }
    } else {
      ends[index] = start + length;
      origins[index] = (Origin) part;
    }
  }

  private int runAt(int character) {
    int found = Arrays.binarySearch(ends, character);
    return found < 0 ? -found - 1 : found + 1; // a run's end is the next one's first character
  }

  @Override
  @Nullable Provenance part(int partFrom, int partTo) {
    if (partFrom >= partTo) {
      return null;
    }
    int first = runAt(from + partFrom);
    return ends[first] >= from + partTo
        ? origins[first]
        : new OriginRuns(ends, origins, from + partFrom, from + partTo);
  }

  @Override
  Origin winner() {
    Origin winner = null;
    int last = runAt(to - 1);
    for (int run = runAt(from); run <= last; run++) {
      winner = Origin.either(winner, origins[run]);
    }
    return winner == null ? Origin.UNKNOWN : winner;
  }

  @Override
  OriginRuns generated() {
    Origin[] inside = new Origin[origins.length];
    for (int run = 0; run < inside.length; run++) {
      Origin origin = origins[run];
      inside[run] = origin == null ? Origin.OWN_GENERATED : origin.generated();
    }
    return new OriginRuns(ends, inside, from, to);
  }

  @Override
  int runs() {
    return runAt(to - 1) - runAt(from) + 1;
  }

  /** Visits the runs in order. */
  void forEach(Visitor visitor) {
    int last = runAt(to - 1);
    for (int run = runAt(from); run <= last; run++) {
      visitor.run(Math.min(ends[run], to) - from, origins[run]);
    }
  }
}
