package dev.remora.djl;

import dev.remora.core.text.Utf8;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * SentencePiece's character map as a Precompiled normalizer carries it, in Base64: the length in
 * bytes of a double-array trie (darts-clone), the trie, and the replacements that its values point
 * into, each ended by a NUL. Integers are little-endian, of 32 bits.
 *
 * <p>The native library follows the trie without checking a bound.
 */
final class PrecompiledCharsmap {
  private static final int LABEL = 0x8000_00FF;
  private static final int HAS_LEAF = 1 << 8;

  private final IntBuffer trie;
  private final ByteBuffer replacements;

  private PrecompiledCharsmap(IntBuffer trie, ByteBuffer replacements) {
    this.trie = trie;
    this.replacements = replacements;
  }

  /** Whether no text can lead outside of the map. */
  static boolean isSound(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (!Base64.getEncoder().encodeToString(bytes).equals(base64) || bytes.length < 4) {
      return false; // Java forgives what Rust does not
    }
    ByteBuffer map = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long units = Integer.toUnsignedLong(map.getInt()) / 4;
    if (units == 0 || 4 * units > map.remaining()) {
      return false;
    }
    int end = map.position() + (int) (4 * units);
    IntBuffer trie = map.duplicate().order(ByteOrder.LITTLE_ENDIAN).limit(end).asIntBuffer();
    ByteBuffer replacements = map.position(end).slice();
    return isUtf8(replacements) && new PrecompiledCharsmap(trie, replacements).isClosed();
  }

  private static boolean isUtf8(ByteBuffer bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Follows every path: from a node, each byte of a text may select one of 255 units. */
  private boolean isClosed() {
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    open.add(offset(trie.get(0)));
    while (!open.isEmpty()) {
      int node = open.remove();
      if (node < 0 || (node | 0xFF) >= trie.limit()) {
        return false;
      }
      if (seen.get(node)) {
        continue;
      }
      seen.set(node);
      for (int label = 1; label <= 0xFF; label++) {
        int unit = trie.get(node ^ label);
        if ((unit & LABEL) != label) {
          continue;
        }
        int next = node ^ label ^ offset(unit);
        if ((unit & HAS_LEAF) != 0 && !isLeaf(next)) {
          return false;
        }
        open.add(next);
      }
    }
    return true;
  }

  private boolean isLeaf(int node) {
    if (node < 0 || node >= trie.limit()) {
      return false;
    }
    int at = trie.get(node) & Integer.MAX_VALUE;
    return at == replacements.limit()
        || (at < replacements.limit() && !Utf8.isContinuation(replacements.get(at)));
  }

  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
  }
}
