package dev.remora.engine.regex;

import java.util.Arrays;

/** A set of code points as runs. Immutable and thread-safe. */
final class CodePointSet {
  static final CodePointSet NONE = new CodePointSet(new int[0]);
  private static final int END = Character.MAX_CODE_POINT + 1;

  private final int[] bounds; // where a run begins, where it ends, and so on, ascending

  private final int hash;

  private CodePointSet(int[] bounds) {
    this.bounds = bounds;
    this.hash = Arrays.hashCode(bounds);
  }

  /** What two sets make of whether each has a code point. */
  private interface Rule {
    boolean has(boolean one, boolean other);
  }

  /** The set whose runs begin and end at these places, in turn. */
  static CodePointSet ofBounds(int[] bounds) {
    return new CodePointSet(bounds.clone());
  }

  static CodePointSet of(int first, int last) {
    return new CodePointSet(new int[] {first, last + 1});
  }

  CodePointSet or(CodePointSet other) {
    return combine(other, (one, another) -> one || another);
  }

  CodePointSet and(CodePointSet other) {
    return combine(other, (one, another) -> one && another);
  }

  CodePointSet complement() {
    return combine(of(0, Character.MAX_CODE_POINT), (one, all) -> all && !one);
  }

  private CodePointSet combine(CodePointSet other, Rule rule) {
    int[] merged = new int[bounds.length + other.bounds.length];
    int count = 0;
    boolean inside = false;
    int one = 0;
    int another = 0;
    while (one < bounds.length || another < other.bounds.length) {
      int at = Math.min(bound(one), other.bound(another));
      one += bound(one) == at ? 1 : 0;
      another += other.bound(another) == at ? 1 : 0;
      if (rule.has(one % 2 == 1, another % 2 == 1) != inside) {
        inside = !inside;
        merged[count++] = at;
      }
    }
    return new CodePointSet(Arrays.copyOf(merged, count));
  }

  private int bound(int index) {
    return index < bounds.length ? bounds[index] : END + 1;
  }

  boolean contains(int codePoint) {
    int found = Arrays.binarySearch(bounds, codePoint);
    return found >= 0 ? found % 2 == 0 : (-found - 1) % 2 == 1;
  }

  boolean isEmpty() {
    return bounds.length == 0;
  }

  boolean intersects(CodePointSet other) {
    return !and(other).isEmpty();
  }

  /** Where runs begin and end. */
  int[] bounds() {
    return bounds.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodePointSet set && Arrays.equals(bounds, set.bounds);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
