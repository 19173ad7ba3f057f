package dev.remora.core.vocabulary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The merges of a BPE model, in the order of their ranks: the two tokens of a merge are next to
 * each other, which is their product. Immutable and thread-safe.
 */
public final class MergeList {
  /** No merges. */
  public static final MergeList NONE = builder().build();

  private static final byte[] VERSION = "#version".getBytes(StandardCharsets.US_ASCII);

  private final RecordLog merges; // numbers: how many bytes the left token has

  private MergeList(RecordLog merges) {
    this.merges = merges;
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
    return merges.count();
  }

  /** The two tokens of a merge, with a space between; takes as long as there are merges before. */
  public String text(int index) {
    RecordLog.Reader merge = merges.reader();
    for (int before = -1; before < index; before++) {
      if (!merge.next()) {
        throw new IndexOutOfBoundsException(index);
      }
    }
    int middle = merge.from() + merge.number();
    return text(merge.bytes(), merge.from(), middle)
        + ' '
        + text(merge.bytes(), middle, merge.to());
  }

  private static String text(byte[] utf8, int from, int to) {
    return new String(utf8, from, to - from, StandardCharsets.UTF_8);
  }

  /** The first rank at which two lists have other merges; the shorter count if there is none. */
  public int mismatch(MergeList other) {
    RecordLog.Reader mine = merges.reader();
    RecordLog.Reader others = other.merges.reader();
    int rank = 0;
    while (mine.next() && others.next() && areAlike(mine, others)) {
      rank++;
    }
    return rank;
  }

  private static boolean areAlike(RecordLog.Reader one, RecordLog.Reader other) {
    return one.number() == other.number()
        && Arrays.equals(
            one.bytes(), one.from(), one.to(), other.bytes(), other.from(), other.to());
  }

  /** Calls the visitor with each merge, in order of rank. */
  public void forEach(Visitor visitor) {
    RecordLog.Reader merge = merges.reader();
    while (merge.next()) {
      int from = merge.from();
      visitor.merge(merge.bytes(), from, from + merge.number(), merge.to());
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
    private final RecordLog merges = new RecordLog();
    private byte[] left = new byte[64]; // that waits for its right one
    private int leftLength;

    private Builder() {}

    /** Adds a merge of two tokens in UTF-8: each from {@code from} to {@code to} of an array. */
    public Builder merge(
        byte[] left, int leftFrom, int leftTo, byte[] right, int rightFrom, int rightTo) {
      merges.add(leftTo - leftFrom, left, leftFrom, leftTo, right, rightFrom, rightTo);
      return this;
    }

    /**
     * Adds a merge of two tokens in one array in UTF-8: from {@code from} to {@code leftTo}, and
     * from {@code rightFrom} to {@code to}.
     */
    public Builder merge(byte[] utf8, int from, int leftTo, int rightFrom, int to) {
      return merge(utf8, from, leftTo, utf8, rightFrom, to);
    }

    /** Takes the left token of a merge, of an array that may change; {@link #right} must follow. */
    public Builder left(byte[] utf8, int from, int to) {
      leftLength = to - from;
      if (leftLength > left.length) {
        left = new byte[2 * leftLength];
      }
      System.arraycopy(utf8, from, left, 0, leftLength);
      return this;
    }

    /** Adds the merge whose left token was taken last. */
    public Builder right(byte[] utf8, int from, int to) {
      return merge(left, 0, leftLength, utf8, from, to);
    }

    /** How many bytes the tokens of all merges have so far. */
    public long bytes() {
      return merges.bytes();
    }

    /** The merges. */
    public MergeList build() {
      return new MergeList(merges);
    }
  }
}
