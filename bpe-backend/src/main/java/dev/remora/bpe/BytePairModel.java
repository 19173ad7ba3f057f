package dev.remora.bpe;

import dev.remora.spi.TokenizerDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The BPE model: the ids of one pre-token.
 *
 * <p>Byte-level, the symbols to begin with are the bytes; else the characters, and for one that is
 * not in the vocabulary its bytes as {@code <0x00>} to {@code <0xFF>}. Thread-safe.
 */
final class BytePairModel {
  private final boolean byteLevel;
  private final boolean ignoreMerges;
  private final VocabularyWords words;
  private final PairTable pairs;
  private final int[] byteIds = new int[256]; // the symbol of each byte
  private final long[] bytePairs; // the pair table for two bytes: most of what is looked up
  private final boolean markersBegin; // no token has the marker behind another character

  private BytePairModel(
      TokenizerDefinition definition,
      boolean byteLevel,
      boolean ignoreMerges,
      VocabularyWords words,
      boolean markersBegin) {
    this.byteLevel = byteLevel;
    this.ignoreMerges = ignoreMerges;
    this.words = words;
    this.markersBegin = markersBegin;
    this.pairs = new PairTable(definition.mergeCount());
    this.bytePairs = new long[byteLevel ? 1 << 16 : 0];
    Arrays.fill(bytePairs, PairTable.NONE);
    for (int value = 0; value < 256; value++) {
      byte[] token = byteToken(value, byteLevel);
      byteIds[value] = definition.vocabulary().modelIdOf(token, 0, token.length);
    }
  }

  /** The token of a byte. */
  static byte[] byteToken(int value, boolean byteLevel) {
    String token =
        byteLevel
            ? String.valueOf(ByteLevelAlphabet.charOf(value))
            : String.format(Locale.ROOT, "<0x%02X>", value);
    return token.getBytes(StandardCharsets.UTF_8);
  }

  static BytePairModel of(TokenizerDefinition definition, boolean byteLevel, byte[] marker) {
    WordReader reader = new WordReader(byteLevel, marker);
    definition.vocabulary().forEachModelToken(reader::measure);
    reader.allocate();
    definition.vocabulary().forEachModelToken(reader::put);
    BytePairModel model =
        new BytePairModel(
            definition,
            byteLevel,
            Boolean.TRUE.equals(definition.model().get("ignore_merges")),
            reader.words(),
            reader.markersBegin());
    MergeReader merges =
        new MergeReader(
            definition.vocabulary(), byteLevel, model.words, model.pairs, model.bytePairs);
    definition.forEachMerge(merges::put);
    return model;
  }

  /** Whether a text may be cut before each run of markers without changing an id. */
  boolean markersBegin() {
    return markersBegin;
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
    int slot = words.find(low, high);
    if (slot >= 0 && (ignoreMerges || words.isReached(slot))) {
      ids.add(words.id(slot));
    } else {
      merge(bytes, from, length, scratch);
      if (slot >= 0) {
        words.note(slot, ids.count == before + 1);
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
      scratch.merger.merge(bytes, from, length, byteIds, bytePairs, scratch.ids);
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
}
