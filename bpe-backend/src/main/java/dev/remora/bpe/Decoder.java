package dev.remora.bpe;

import dev.remora.spi.AddedToken;
import dev.remora.spi.TokenizerDefinition;
import dev.remora.spi.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

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

  Decoder(TokenizerDefinition definition, Form form) {
    this.form = form;
    this.marker = form.marker().getBytes(StandardCharsets.UTF_8);
    this.replacement = form.replacement().getBytes(StandardCharsets.UTF_8);
    BitSet added = new BitSet();
    int bound = definition.vocabulary().modelIdBound();
    for (AddedToken token : definition.addedTokens()) {
      added.set(token.id());
      special.set(token.id(), token.special());
      bound = Math.max(bound, token.id() + 1);
    }
    this.starts = new int[bound + 1];
    forEachToken(definition, added, (utf8, from, to, id) -> starts[id + 1] = to - from);
    for (int id = 0; id < bound; id++) {
      starts[id + 1] = Math.addExact(starts[id], starts[id + 1]);
    }
    this.pool = new byte[starts[bound]];
    int[] ends = new int[bound];
    forEachToken(definition, added, (utf8, from, to, id) -> ends[id] = put(utf8, from, to, id));
    close(ends);
  }

  /** Each id once: an added token stands before one of the model. */
  private static void forEachToken(
      TokenizerDefinition definition, BitSet added, Vocabulary.TokenVisitor visitor) {
    definition
        .vocabulary()
        .forEachModelToken(
            (utf8, from, to, id) -> {
              if (!added.get(id)) {
                visitor.token(utf8, from, to, id);
              }
            });
    for (AddedToken token : definition.addedTokens()) {
      byte[] utf8 = token.content().getBytes(StandardCharsets.UTF_8);
      visitor.token(utf8, 0, utf8.length, token.id());
    }
  }

  /** Writes the bytes of a token, which are no more than those of its name; gives their end. */
  private int put(byte[] utf8, int from, int to, int id) {
    int at = starts[id];
    int value = form.byteFallback() ? valueOf(utf8, from, to) : -1;
    if (value >= 0) {
      fallback.set(id);
      pool[at] = (byte) value;
      return at + 1;
    }
    int end = form.byteLevel() ? ByteLevelAlphabet.decode(utf8, from, to, pool, at) : -1;
    if (end >= 0) {
      return end;
    }
    for (int next = from; next < to; ) {
      int markerEnd = next + marker.length;
      if (marker.length > 0
          && markerEnd <= to
          && Arrays.equals(utf8, next, markerEnd, marker, 0, marker.length)) {
        System.arraycopy(replacement, 0, pool, at, replacement.length);
        at += replacement.length;
        next = markerEnd;
      } else {
        pool[at++] = utf8[next++];
      }
    }
    return at;
  }

  /** Closes the gaps that shorter bytes left behind longer names. */
  private void close(int[] ends) {
    int written = 0;
    for (int id = 0; id < ends.length; id++) {
      int length = Math.max(0, ends[id] - starts[id]);
      System.arraycopy(pool, starts[id], pool, written, length);
      starts[id] = written;
      written += length;
    }
    starts[ends.length] = written;
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
