package dev.remora.engine;

import dev.remora.core.engine.TokenizerDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
  private @Nullable Seams seams;
  private final int[] bytePairs; // ranks of two bytes: most of what is looked up

  /**
   * Builds the tables.
   *
   * @throws dev.remora.BundleException if a merge is of tokens that are not in the vocabulary
   */
  BytePairModel(TokenizerDefinition definition, boolean byteLevel) {
    this.byteLevel = byteLevel;
    this.ignoreMerges = Boolean.TRUE.equals(definition.model().get("ignore_merges"));
    this.tokens = new TokenBytes(definition.vocabulary(), byteLevel);
    for (int value = 0; value < 256; value++) {
      byte[] token = byteToken(value, byteLevel);
      byteIds[value] = definition.vocabulary().modelIdOf(token, 0, token.length);
    }
    MergeReader.Merges merges = MergeReader.read(definition, tokens, byteLevel, byteIds);
    this.pairs = merges.pairs();
    this.words = new VocabularyWords(tokens, merges.made());
    this.bytePairs = byteLevel ? bytePairs() : new int[0];
  }

  /** What two bytes make stands for two bytes: asking for those tokens is enough. */
  private int[] bytePairs() {
    int[] ranks = new int[1 << 16];
    Arrays.fill(ranks, PairTable.NONE);
    for (int id = 0; id < tokens.bound(); id++) {
      if (tokens.length(id) == 2) {
        int first = tokens.pool[tokens.starts[id]] & 0xFF;
        int second = tokens.pool[tokens.starts[id] + 1] & 0xFF;
        ranks[first << 8 | second] = pairs.rank(byteIds[first], byteIds[second]);
      }
    }
    return ranks;
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

  /** Appends the ids of the words of a block. */
  void encode(WordBlock block, Scratch scratch) {
    int index = scratch.words.take(block, 0, scratch.ids);
    boolean fetched = false;
    while (index < block.count) {
      if (!fetched) {
        scratch.words.findMissing(block, index);
        words.fetch(block);
        fetched = true;
      }
      if (block.hasKey(index)) {
        encodeShort(block, index, scratch);
      } else {
        encodeLong(block, index, scratch);
      }
      block.idEnds[index] = scratch.ids.count;
      index = scratch.words.take(block, index + 1, scratch.ids);
    }
  }

  private void encodeShort(WordBlock block, int index, Scratch scratch) {
    long low = block.lows[index];
    long high = block.highs[index];
    int from = block.start(index);
    int before = scratch.ids.count;
    int id = words.find(low, high, block.hashes[index]);
    encode(id, ignoreMerges, block.bytes, from, block.ends[index] - from, scratch);
    scratch.words.put(low, high, block.hashes[index], scratch.ids, before);
  }

  private void encodeLong(WordBlock block, int index, Scratch scratch) {
    byte[] bytes = block.bytes;
    int from = block.start(index);
    int length = block.ends[index] - from;
    long hash = block.hashes[index];
    boolean isKept = length <= LongWordCache.MOST;
    if (isKept && scratch.longWords.take(bytes, from, length, hash, scratch.ids)) {
      return;
    }
    int before = scratch.ids.count;
    encode(words.idOf(bytes, from, length, hash), ignoreMerges, bytes, from, length, scratch);
    if (isKept) {
      scratch.longWords.put(bytes, from, length, hash, scratch.ids, before);
    }
  }

  /** The ids of a word, whatever was met before; {@code id} is the word's if it is a token. */
  private void encode(
      int id, boolean needsNoMerges, byte[] bytes, int from, int length, Scratch scratch) {
    if (id >= 0 && (needsNoMerges || words.isMade(id))) {
      scratch.ids.add(id);
    } else {
      merge(bytes, from, length, scratch);
    }
  }

  private void merge(byte[] bytes, int from, int length, Scratch scratch) {
    if (!byteLevel) {
      mergeCharacters(bytes, from, length, scratch);
    } else if (isAscii(bytes, from, length)) {
      scratch.merger.merge(bytes, from, length, byteIds, bytePairs, scratch.ids);
    } else if (length <= WordKey.MOST) {
      scratch.merger.merge(bytes, from, length, byteIds, bytePairs, whole(), scratch.ids);
    } else {
      mergePieces(bytes, from, from + length, scratch);
    }
  }

  private void mergePieces(byte[] bytes, int from, int to, Scratch scratch) {
    Seams cuts = seams();
    for (int at = from; at < to; ) {
      int end = cuts.next(bytes, at, to);
      if (end - at > WordKey.MOST) {
        scratch.merger.merge(bytes, at, end - at, byteIds, bytePairs, whole(), scratch.ids);
      } else {
        mergePiece(bytes, at, end - at, scratch);
      }
      at = end;
    }
  }

  /**
   * The ids to which merges lead, as they would for a word; one that is not a word may need them.
   */
  private void mergePiece(byte[] bytes, int from, int length, Scratch scratch) {
    long low = WordKey.low(bytes, from, length);
    long high = WordKey.high(bytes, from, length);
    long marked = ignoreMerges ? high | WordKey.MARK : high;
    long hash = WordKey.hash(low, marked);
    if (!scratch.words.take(low, marked, hash, scratch.ids)) {
      int before = scratch.ids.count;
      encode(words.idOf(bytes, from, length), false, bytes, from, length, scratch);
      scratch.words.put(low, marked, hash, scratch.ids, before);
    }
  }

  private void mergeCharacters(byte[] bytes, int from, int length, Scratch scratch) {
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

  /** Made when they are first needed, as the next is; two threads may make them at once, alike. */
  private Seams seams() {
    Seams made = seams;
    if (made == null) {
      made = new Seams(tokens);
      seams = made;
    }
    return made;
  }

  private WholeCharacters whole() {
    WholeCharacters made = whole;
    if (made == null) {
      made = new WholeCharacters(tokens, words, pairs, byteIds);
      whole = made;
    }
    return made;
  }
}
