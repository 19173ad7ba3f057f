package dev.remora.core.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;

/**
 * SentencePiece's character map as a Precompiled normalizer carries it, in Base64: the length in
 * bytes of a double-array trie (darts-clone), the trie, and the replacements that its values point
 * into, each ended by a NUL. Integers are little-endian, of 32 bits.
 *
 * <p>Immutable and thread-safe. No text leads outside of a map that was read: the native library
 * follows the trie without checking a bound.
 */
public final class PrecompiledCharsmap {
  private static final int LABEL = 0x8000_00FF;
  private static final int HAS_LEAF = 1 << 8;

  /** Bytes of the longest replacement; SentencePiece's own maps have up to 33, for U+FDFA. */
  private static final int MAX_REPLACEMENT = 1 << 10;

  private final IntBuffer trie;
  private final ByteBuffer replacements;
  private double growth = 1;

  private PrecompiledCharsmap(IntBuffer trie, ByteBuffer replacements) {
    this.trie = trie;
    this.replacements = replacements;
  }

  /** The map; empty if a text can lead outside of it. */
  public static Optional<PrecompiledCharsmap> of(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (!Base64.getEncoder().encodeToString(bytes).equals(base64) || bytes.length < 4) {
      return Optional.empty(); // Java forgives what Rust does not
    }
    ByteBuffer map = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long units = Integer.toUnsignedLong(map.getInt()) / 4;
    if (units == 0 || 4 * units > map.remaining()) {
      return Optional.empty();
    }
    int end = map.position() + (int) (4 * units);
    IntBuffer trie = map.duplicate().order(ByteOrder.LITTLE_ENDIAN).limit(end).asIntBuffer();
    ByteBuffer replacements = map.position(end).slice();
    PrecompiledCharsmap charsmap = new PrecompiledCharsmap(trie, replacements);
    return isUtf8(replacements) && charsmap.isClosed() ? Optional.of(charsmap) : Optional.empty();
  }

  /** How many times as many bytes it may make of a text; at least 1. */
  public double growth() {
    return growth;
  }

  /** Whether a text that begins with this byte, from 1 to 255, may begin with an entry. */
  public boolean hasEntriesWith(int first) {
    return (trie.get(offset(trie.get(0)) ^ first) & LABEL) == first;
  }

  /**
   * What the shortest entry that a text begins with stands for, as {@link #replacement} takes it;
   * -1 if it begins with none.
   */
  public int find(byte[] text, int from, int to) {
    int node = offset(trie.get(0));
    for (int at = from; at < to && text[at] != 0; at++) {
      int label = text[at] & 0xFF;
      node ^= label;
      int unit = trie.get(node);
      if ((unit & LABEL) != label) {
        return -1;
      }
      node ^= offset(unit);
      if ((unit & HAS_LEAF) != 0) {
        return trie.get(node) & Integer.MAX_VALUE;
      }
    }
    return -1;
  }

  /**
   * The longest entry that a text begins with: how many bytes it has in the upper half, and what it
   * stands for, as {@link #replacement} takes it, in the lower; -1 if the text begins with none.
   */
  public long findLongest(byte[] text, int from, int to) {
    long longest = -1;
    int node = offset(trie.get(0));
    for (int at = from; at < to && text[at] != 0; at++) {
      int label = text[at] & 0xFF;
      node ^= label;
      int unit = trie.get(node);
      if ((unit & LABEL) != label) {
        break;
      }
      node ^= offset(unit);
      if ((unit & HAS_LEAF) != 0) {
        longest = (long) (at + 1 - from) << Integer.SIZE | (trie.get(node) & Integer.MAX_VALUE);
      }
    }
    return longest;
  }

  /** The UTF-8 of what was found. */
  public byte[] replacement(int found) {
    int end = found;
    while (end < replacements.limit() && replacements.get(end) != 0) {
      end++;
    }
    byte[] utf8 = new byte[end - found];
    replacements.get(found, utf8);
    return utf8;
  }

  private static boolean isUtf8(ByteBuffer bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** A node of the trie, and the fewest bytes of text that lead there. */
  private record Node(int at, int depth) {}

  /**
   * Follows every path, the short ones first: from a node, each byte of a text may select one of
   * 255 units. Whether all end within the map.
   */
  private boolean isClosed() {
    BitSet seen = new BitSet();
    Deque<Node> open = new ArrayDeque<>();
    open.add(new Node(offset(trie.get(0)), 0));
    while (!open.isEmpty()) {
      Node reached = open.remove();
      int node = reached.at;
      if (node < 0 || (node | 0xFF) >= trie.limit()) {
        return false;
      }
      if (seen.get(node)) {
        continue;
      }
      seen.set(node);
      int depth = reached.depth + 1;
      for (int label = 1; label <= 0xFF; label++) {
        int unit = trie.get(node ^ label);
        if ((unit & LABEL) != label) {
          continue;
        }
        int next = node ^ label ^ offset(unit);
        if ((unit & HAS_LEAF) != 0 && !isLeaf(next, depth)) {
          return false;
        }
        open.add(new Node(next, depth));
      }
    }
    return true;
  }

  /** Whether a replacement for so many bytes of text is here, and of a length that is known. */
  private boolean isLeaf(int node, int depth) {
    if (node < 0 || node >= trie.limit()) {
      return false;
    }
    int from = trie.get(node) & Integer.MAX_VALUE;
    int to = from;
    while (to < replacements.limit() && to - from <= MAX_REPLACEMENT && replacements.get(to) != 0) {
      to++;
    }
    growth = Math.max(growth, (double) (to - from) / depth);
    return to - from <= MAX_REPLACEMENT
        && (from == replacements.limit()
            || (from < replacements.limit() && !Utf8.isContinuation(replacements.get(from))));
  }

  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
  }
}
