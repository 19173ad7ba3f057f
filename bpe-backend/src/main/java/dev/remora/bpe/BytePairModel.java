package dev.remora.bpe;

import dev.remora.spi.TokenizerDefinition;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The BPE model: the ids of one pre-token.
 *
 * <p>Byte-level, the symbols to begin with are the bytes; else the characters, and for one that is
 * not in the vocabulary its bytes as {@code <0x00>} to {@code <0xFF>}. Thread-safe.
 */
final class BytePairModel {
  private final boolean byteLevel;
  private final boolean ignoreMerges;
  private final TokenBytes tokens;
  private final VocabularyWords words;
  private final PairTable pairs;
  private final int[] byteIds = new int[256]; // the symbol of each byte
  private @Nullable WholeCharacters whole;
  private final long[] bytePairs; // the pair table for two bytes: most of what is looked up

  /**
   * Builds the tables.
   *
   * @throws dev.remora.BundleException if a merge is of tokens that are not in the vocabulary
   */
  BytePairModel(TokenizerDefinition definition, boolean byteLevel) {
    this.byteLevel = byteLevel;
    this.ignoreMerges = Boolean.TRUE.equals(definition.model().get("ignore_merges"));
    this.tokens = new TokenBytes(definition.vocabulary(), byteLevel);
    this.words = new VocabularyWords(tokens);
    this.pairs = MergeReader.read(definition);
    for (int value = 0; value < 256; value++) {
      byte[] token = byteToken(value, byteLevel);
      byteIds[value] = definition.vocabulary().modelIdOf(token, 0, token.length);
    }
    this.bytePairs = new long[byteLevel ? 1 << 16 : 0];
    for (int pair = 0; pair < bytePairs.length; pair++) {
      bytePairs[pair] = pairs.get(byteIds[pair >> 8], byteIds[pair & 0xFF]);
    }
  }

  /** The token of a byte. */
  static byte[] byteToken(int value, boolean byteLevel) {
    if (!byteLevel) {
      return new byte[] {'<', '0', 'x', hex(value >> 4), hex(value & 0xF), '>'};
    }
    return String.valueOf(ByteLevelAlphabet.charOf(value)).getBytes(StandardCharsets.UTF_8);
  }

  private static byte hex(int digit) {
    return (byte) (digit < 10 ? '0' + digit : 'A' + digit - 10);
  }

  TokenBytes tokens() {
    return tokens;
  }

  PairTable pairs() {
    return pairs;
  }

  /** Appends the ids of a pre-token, which must not be empty. */
  void encode(byte[] bytes, int from, int to, Scratch scratch) {
    int length = to - from;
    if (length <= WordKey.MOST) {
      encodeShort(bytes, from, length, scratch);
    } else if (length <= LongWordCache.MOST) {
      encodeLong(bytes, from, length, scratch);
    } else {
      build(bytes, from, length, scratch);
    }
  }

  private void encodeShort(byte[] bytes, int from, int length, Scratch scratch) {
    long low = WordKey.low(bytes, from, length);
    long high = WordKey.high(bytes, from, length);
    Ids ids = scratch.ids;
    if (scratch.words.take(low, high, ids)) {
      return;
    }
    int before = ids.count;
    int id = words.find(low, high);
    if (id >= 0 && (ignoreMerges || words.isReached(id))) {
      ids.add(id);
    } else {
      merge(bytes, from, length, scratch);
      if (id >= 0 && ids.count == before + 1) {
        words.noteReached(id);
      }
    }
    scratch.words.put(low, high, ids, before);
  }

  private void encodeLong(byte[] bytes, int from, int length, Scratch scratch) {
    long hash = scratch.longWords.hash(bytes, from, length);
    if (!scratch.longWords.take(bytes, from, length, hash, scratch.ids)) {
      int before = scratch.ids.count;
      build(bytes, from, length, scratch);
      scratch.longWords.put(bytes, from, length, hash, scratch.ids, before);
    }
  }

  /** The ids of a word of more than 15 bytes, whatever was met before. */
  private void build(byte[] bytes, int from, int length, Scratch scratch) {
    int whole = ignoreMerges ? words.idOf(bytes, from, length) : -1;
    if (whole >= 0) {
      scratch.ids.add(whole);
    } else {
      merge(bytes, from, length, scratch);
    }
  }

  private void merge(byte[] bytes, int from, int length, Scratch scratch) {
    if (byteLevel) {
      if (isAscii(bytes, from, length)) {
        scratch.merger.merge(bytes, from, length, byteIds, bytePairs, scratch.ids);
      } else {
        scratch.merger.merge(bytes, from, length, byteIds, bytePairs, whole(), scratch.ids);
      }
      return;
    }
    int[] symbols = scratch.merger.symbols(length);
    int count = 0;
    for (int at = from; at < from + length; ) {
      int end = at + Utf8.lengthOf(bytes[at]);
      int id = words.idOf(bytes, at, end - at);
      if (id >= 0) {
        symbols[count++] = id;
        at = end;
      }
      while (at < end) {
        symbols[count++] = byteIds[bytes[at++] & 0xFF];
      }
    }
    scratch.merger.merge(count, scratch.ids);
  }

  /** Whether a range is ASCII, and the few bytes behind it; may read behind the range. */
  private static boolean isAscii(byte[] bytes, int from, int length) {
    long all = 0;
    for (int at = from; at < from + length; at += 8) {
      all |= Utf8.longAt(bytes, at);
    }
    return (all & 0x8080808080808080L) == 0;
  }

  /** Made when it is first needed; two threads may make it at once, alike. */
  private WholeCharacters whole() {
    WholeCharacters made = whole;
    if (made == null) {
      made = new WholeCharacters(tokens, words, pairs, byteIds);
      whole = made;
    }
    return made;
  }
}
