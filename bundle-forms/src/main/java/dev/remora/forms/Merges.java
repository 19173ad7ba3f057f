package dev.remora.forms;

import dev.remora.spi.TokenizerDefinition.MergeVisitor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The merges of a BPE model, read where they stand: {@code "a b"} or {@code ["a", "b"]} each. */
final class Merges {
  static final Merges NONE = new Merges(null, 0);

  private static final byte[] VERSION = "#version".getBytes(StandardCharsets.US_ASCII);

  private final byte @Nullable [] json;
  private final int start;

  /** The array begins at {@code start}. */
  Merges(byte @Nullable [] json, int start) {
    this.json = json;
    this.start = start;
  }

  /**
   * Calls the visitor with each merge.
   *
   * @throws dev.remora.BundleException if one is not two tokens
   */
  void forEach(MergeVisitor visitor) {
    if (json == null) {
      return;
    }
    JsonBytes bytes = new JsonBytes(TokenizerJson.FILE, json, start);
    bytes.expect('[');
    if (bytes.take(']')) {
      return;
    }
    do {
      if (bytes.peek() == '[') {
        pair(bytes, visitor);
      } else {
        line(bytes, visitor);
      }
    } while (bytes.take(','));
    bytes.expect(']');
  }

  private void pair(JsonBytes bytes, MergeVisitor visitor) {
    bytes.expect('[');
    bytes.readString();
    byte[] left = bytes.text();
    int from = bytes.textFrom();
    int to = bytes.textTo();
    if (left != json) {
      left = Arrays.copyOfRange(left, from, to); // the next string may take its place
      to -= from;
      from = 0;
    }
    bytes.expect(',');
    bytes.readString();
    visitor.merge(left, from, to, bytes.text(), bytes.textFrom(), bytes.textTo());
    bytes.expect(']');
  }

  private static void line(JsonBytes bytes, MergeVisitor visitor) {
    bytes.readString();
    byte[] text = bytes.text();
    int from = bytes.textFrom();
    int to = bytes.textTo();
    if (startsWith(text, from, to, VERSION)) {
      return; // as the reference does
    }
    int space = indexOfSpace(text, from, to);
    if (space == to || indexOfSpace(text, space + 1, to) != to) {
      throw bytes.broken("a merge that is not two tokens with one space between, before");
    }
    visitor.merge(text, from, space, text, space + 1, to);
  }

  private static boolean startsWith(byte[] text, int from, int to, byte[] prefix) {
    return to - from >= prefix.length
        && Arrays.equals(text, from, from + prefix.length, prefix, 0, prefix.length);
  }

  private static int indexOfSpace(byte[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] != ' ') {
      at++;
    }
    return at;
  }

  /** How many merges there are; every one is read. */
  int count() {
    int[] count = new int[1];
    forEach((left, leftFrom, leftTo, right, rightFrom, rightTo) -> count[0]++);
    return count[0];
  }
}
