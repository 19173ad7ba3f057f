package dev.remora.engine;

import dev.remora.core.engine.AddedToken;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From ids to text: the bytes that each token stands for, one behind the other, read as UTF-8.
 * Thread-safe.
 */
final class Decoder {
  /**
   * How the bytes of tokens are told.
   *
   * @param byteLevel whether tokens are spelled in the byte-level alphabet; one that is not stands
   *     for its own UTF-8
   * @param marker what is replaced in each token; empty for nothing
   * @param replacement what it is replaced by, in no more bytes
   * @param byteFallback whether tokens such as {@code <0x0A>} stand for a byte
   * @param strip how many of the spaces that the text begins with are taken away
   */
  record Form(
      boolean byteLevel, String marker, String replacement, boolean byteFallback, int strip) {}

  private final Form form;
  private final byte[] marker;
  private final byte[] replacement;
  private final int[] starts; // of the bytes of each id; one more
  private final byte[] pool;
  private final BitSet fallback = new BitSet(); // ids that stand for a byte, which the pool holds
  private final BitSet special = new BitSet();

  /** An added token stands before one of the model. */
  Decoder(TokenBytes tokens, List<AddedToken> addedTokens, Form form) {
    this.form = form;
    this.marker = form.marker().getBytes(StandardCharsets.UTF_8);
    this.replacement = form.replacement().getBytes(StandardCharsets.UTF_8);
    int bound = tokens.bound();
    for (AddedToken token : addedTokens) {
      bound = Math.max(bound, token.id() + 1);
    }
    byte[] @Nullable [] added = new byte[bound] @Nullable [];
    int length = tokens.total();
    for (AddedToken token : addedTokens) {
      byte[] utf8 = token.content().getBytes(StandardCharsets.UTF_8);
      added[token.id()] = utf8;
      special.set(token.id(), token.special());
      length = Math.addExact(length, utf8.length);
    }
    this.starts = new int[bound + 1];
    this.pool = new byte[Math.addExact(length, Utf8.PADDING)];
    boolean asModel = marker.length == 0 && !form.byteFallback();
    int id = 0;
    while (id < bound) {
      byte[] utf8 = added[id];
      if (asModel && utf8 == null && id < tokens.bound()) {
        id = copy(tokens, id, added);
        continue;
      }
      if (utf8 != null) {
        starts[id + 1] = put(utf8, 0, utf8.length, id, form.byteLevel());
      } else if (id < tokens.bound()) {
        starts[id + 1] = put(tokens.pool, tokens.starts[id], tokens.starts[id + 1], id, false);
      } else {
        starts[id + 1] = starts[id];
      }
      id++;
    }
  }

  /** Copies the bytes of tokens up to the next added one, whose id it gives. */
  private int copy(TokenBytes tokens, int from, byte[] @Nullable [] added) {
    int id = from;
    int shift = starts[from] - tokens.starts[from];
    while (id < tokens.bound() && added[id] == null) {
      id++;
      starts[id] = tokens.starts[id] + shift;
    }
    int length = starts[id] - starts[from];
    System.arraycopy(tokens.pool, tokens.starts[from], pool, starts[from], length);
    return id;
  }

  /** Writes the bytes of a token, which are no more than those of its name; gives their end. */
  private int put(byte[] utf8, int from, int to, int id, boolean spelled) {
    int at = starts[id];
    int value = form.byteFallback() ? valueOf(utf8, from, to) : -1;
    if (value >= 0) {
      fallback.set(id);
      pool[at] = (byte) value;
      return at + 1;
    }
    int end = spelled ? ByteLevelAlphabet.decode(utf8, from, to, pool, at) : -1;
    if (end >= 0) {
      return end;
    }
    if (marker.length == 0) {
      System.arraycopy(utf8, from, pool, at, to - from);
      return at + to - from;
    }
    for (int next = from; next < to; ) {
      int markerEnd = next + marker.length;
      if (markerEnd <= to && Arrays.equals(utf8, next, markerEnd, marker, 0, marker.length)) {
        System.arraycopy(replacement, 0, pool, at, replacement.length);
        at += replacement.length;
        next = markerEnd;
      } else {
        pool[at++] = utf8[next++];
      }
    }
    return at;
  }

  /** The byte that a token such as {@code <0x0A>} stands for; -1 if it stands for its text. */
  private static int valueOf(byte[] utf8, int from, int to) {
    if (to - from != 6 || utf8[from] != '<' || utf8[from + 1] != '0' || utf8[from + 2] != 'x') {
      return -1;
    }
    // Rust reads "+A" as a number.
    int high = utf8[from + 3] == '+' ? 0 : Character.digit(utf8[from + 3], 16);
    int low = Character.digit(utf8[from + 4], 16);
    return utf8[from + 5] == '>' && high >= 0 && low >= 0 ? high << 4 | low : -1;
  }

  String decode(int[] ids, boolean skipSpecialTokens) {
    DecodedText text = new DecodedText(ids.length);
    for (int id : ids) {
      if (skipSpecialTokens && special.get(id)) {
        continue;
      }
      if (form.byteFallback() && fallback.get(id)) {
        text.addToRun(pool[starts[id]]);
      } else {
        text.add(pool, starts[id], starts[id + 1]);
      }
    }
    return text.finish(form.strip());
  }
}
