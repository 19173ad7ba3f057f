package dev.remora.forms;

import dev.remora.core.engine.TokenizerDefinition.MergeVisitor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The merges of a BPE model: {@code "a b"} or {@code ["a", "b"]} each. They are read once, into one
 * array: the two tokens of a merge stand one behind the other, which is their product.
 */
final class Merges {
  static final Merges NONE = new Merges();

  private static final byte[] VERSION = "#version".getBytes(StandardCharsets.US_ASCII);

  private byte[] pool = {};
  private int[] bounds = {}; // of each merge: where the left token ends, and where the right one
  private int used; // of the pool
  private int count;

  private Merges() {}

  /**
   * Reads the array that stands here.
   *
   * @throws dev.remora.BundleException if one is not two tokens
   */
  static Merges read(JsonBytes bytes) {
    Merges merges = new Merges();
    bytes.expect('[');
    if (bytes.take(']')) {
      return merges;
    }
    do {
      if (bytes.peek() == '[') {
        merges.readPair(bytes);
      } else {
        merges.readLine(bytes);
      }
    } while (bytes.take(','));
    bytes.expect(']');
    return merges;
  }

  private void readPair(JsonBytes bytes) {
    bytes.expect('[');
    bytes.readString();
    int middle = append(bytes);
    bytes.expect(',');
    bytes.readString();
    add(middle, append(bytes));
    bytes.expect(']');
  }

  private int append(JsonBytes bytes) {
    int length = bytes.textTo() - bytes.textFrom();
    reserve(length);
    System.arraycopy(bytes.text(), bytes.textFrom(), pool, used, length);
    used += length;
    return used;
  }

  private void readLine(JsonBytes bytes) {
    bytes.readString();
    byte[] text = bytes.text();
    int from = bytes.textFrom();
    int to = bytes.textTo();
    if (startsWith(text, from, to, VERSION)) {
      return; // as the reference does
    }
    if (bytes.textSpaces() != 1) {
      throw bytes.broken("a merge that is not two tokens with one space between, before");
    }
    int space = bytes.textLastSpace();
    reserve(to - from);
    int middle = used + space - from;
    System.arraycopy(text, from, pool, used, space - from);
    System.arraycopy(text, space + 1, pool, middle, to - space - 1);
    used = middle + to - space - 1;
    add(middle, used);
  }

  private static boolean startsWith(byte[] text, int from, int to, byte[] prefix) {
    return to - from >= prefix.length
        && text[from] == prefix[0]
        && Arrays.equals(text, from, from + prefix.length, prefix, 0, prefix.length);
  }

  private void reserve(int more) {
    if (pool.length - used < more) {
      pool = Arrays.copyOf(pool, (int) Math.min(Integer.MAX_VALUE - 8, 2L * (used + more) + 4096));
    }
  }

  private void add(int middle, int end) {
    if (2 * count == bounds.length) {
      bounds = Arrays.copyOf(bounds, 4 * count + 512);
    }
    bounds[2 * count] = middle;
    bounds[2 * count + 1] = end;
    count++;
  }

  /** How many merges there are. */
  int count() {
    return count;
  }

  /** Calls the visitor with each merge. */
  void forEach(MergeVisitor visitor) {
    int from = 0;
    for (int index = 0; index < count; index++) {
      int to = bounds[2 * index + 1];
      visitor.merge(pool, from, bounds[2 * index], to);
      from = to;
    }
  }
}
