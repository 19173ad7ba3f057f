package dev.remora.core.vocabulary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The merges of a BPE model, in the order of their ranks, in one array: the two tokens of a merge
 * are next to each other, which is their product. Immutable and thread-safe.
 */
public final class MergeList {
  /** No merges. */
  public static final MergeList NONE = builder().build();

  private static final byte[] VERSION = "#version".getBytes(StandardCharsets.US_ASCII);

  private final byte[] pool;
  private final int[] bounds; // of each merge: where the left token ends, and where the right one
  private final int count;

  private MergeList(Builder builder) {
    this.pool = builder.pool;
    this.bounds = builder.bounds;
    this.count = builder.count;
  }

  /**
   * Whether a line of a list of merges, or what it begins with, names the list's version: such a
   * line is passed over, as the reference does.
   */
  public static boolean isVersion(byte[] utf8, int from, int to) {
    return to - from >= VERSION.length
        && utf8[from] == VERSION[0]
        && Arrays.equals(utf8, from, from + VERSION.length, VERSION, 0, VERSION.length);
  }

  /** How many merges there are. */
  public int count() {
    return count;
  }

  /** The two tokens of a merge, with a space between. */
  public String text(int index) {
    int from = index == 0 ? 0 : bounds[2 * index - 1];
    int middle = bounds[2 * index];
    return new String(pool, from, middle - from, StandardCharsets.UTF_8)
        + ' '
        + new String(pool, middle, bounds[2 * index + 1] - middle, StandardCharsets.UTF_8);
  }

  /** The first rank at which two lists have other merges; the shorter count if there is none. */
  public int mismatch(MergeList other) {
    int both = Math.min(count, other.count);
    int bound = Arrays.mismatch(bounds, 0, 2 * both, other.bounds, 0, 2 * both);
    int alike = bound < 0 ? both : bound / 2; // merges of equal lengths
    int end = alike == 0 ? 0 : bounds[2 * alike - 1];
    int at = Arrays.mismatch(pool, 0, end, other.pool, 0, end);
    if (at < 0) {
      return alike;
    }
    int merge = 0;
    while (bounds[2 * merge + 1] <= at) {
      merge++;
    }
    return merge;
  }

  /** Calls the visitor with each merge, in order of rank. */
  public void forEach(Visitor visitor) {
    int from = 0;
    for (int index = 0; index < count; index++) {
      int to = bounds[2 * index + 1];
      visitor.merge(pool, from, bounds[2 * index], to);
      from = to;
    }
  }

  /** Receives merges as ranges of UTF-8 bytes, not to be changed. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Receives one merge: two tokens as the vocabulary spells them, one after the other; the left
     * one ends, and the right one begins, at {@code middle}.
     */
    void merge(byte[] utf8, int from, int middle, int to);
  }

  /** A builder of no merges. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a {@link MergeList}, once. Not thread-safe. */
  public static final class Builder {
    private byte[] pool = {};
    private int[] bounds = {};
    private int used; // of the pool
    private int count;

    private Builder() {}

    /** Adds a merge of two tokens in UTF-8: each from {@code from} to {@code to} of an array. */
    public Builder merge(
        byte[] left, int leftFrom, int leftTo, byte[] right, int rightFrom, int rightTo) {
      return left(left, leftFrom, leftTo).right(right, rightFrom, rightTo);
    }

    /**
     * Adds a merge of two tokens in one array in UTF-8: from {@code from} to {@code leftTo}, and
     * from {@code rightFrom} to {@code to}. In one step, as a list has hundreds of thousands.
     */
    public Builder merge(byte[] utf8, int from, int leftTo, int rightFrom, int to) {
      reserve(to - from);
      int middle = used + leftTo - from;
      System.arraycopy(utf8, from, pool, used, leftTo - from);
      System.arraycopy(utf8, rightFrom, pool, middle, to - rightFrom);
      used = middle + to - rightFrom;
      bounds[2 * count] = middle;
      bounds[2 * count + 1] = used;
      count++;
      return this;
    }

    /** Adds the left token of a merge; {@link #right} must follow. */
    public Builder left(byte[] utf8, int from, int to) {
      append(utf8, from, to);
      bounds[2 * count] = used;
      return this;
    }

    /** Adds the right token of the merge whose left one was added last. */
    public Builder right(byte[] utf8, int from, int to) {
      append(utf8, from, to);
      bounds[2 * count + 1] = used;
      count++;
      return this;
    }

    private void append(byte[] utf8, int from, int to) {
      reserve(to - from);
      System.arraycopy(utf8, from, pool, used, to - from);
      used += to - from;
    }

    private void reserve(int more) {
      if (pool.length - used < more) {
        long wanted = 2L * used + 2L * more + 4096;
        pool = Arrays.copyOf(pool, (int) Math.min(Integer.MAX_VALUE - 8, wanted));
      }
      if (2 * count == bounds.length) {
        bounds = Arrays.copyOf(bounds, 4 * count + 512);
      }
    }

    /** How many bytes the tokens of all merges have so far. */
    public int bytes() {
      return used;
    }

    /** The merges. */
    public MergeList build() {
      return new MergeList(this);
    }
  }
}
