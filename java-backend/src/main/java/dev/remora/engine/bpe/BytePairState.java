package dev.remora.engine.bpe;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.EightBytes;
import dev.remora.engine.text.IdList;
import dev.remora.engine.word.LongWordCache;
import dev.remora.engine.word.TokenSpans;
import dev.remora.engine.word.VocabularyWords;
import dev.remora.engine.word.WordBlock;
import dev.remora.engine.word.WordCache;
import dev.remora.engine.word.WordKey;
import dev.remora.engine.word.WordModel;
import java.util.BitSet;

/** The ids of pre-tokens by a BPE model, and the words met before. Of one thread at a time. */
final class BytePairState implements WordModel.State {
  private final BytePairModel model;
  private final boolean byteLevel;
  private final boolean ignoreMerges;
  private final int[] byteIds;
  private final int[] bytePairs;
  private final VocabularyWords words;
  private final WordCache shortWords = new WordCache();
  private final LongWordCache longWords = new LongWordCache();
  private final Merger merger;
  private final BitSet barred;

  BytePairState(BytePairModel model, BitSet barred) {
    this.barred = barred;
    this.model = model;
    this.byteLevel = model.byteLevel;
    this.ignoreMerges = model.ignoreMerges;
    this.byteIds = model.byteIds;
    this.bytePairs = model.bytePairs;
    this.words = model.words;
    this.merger = new Merger(model.pairs);
  }

  @Override
  public void encode(WordBlock block, IdList ids) {
    int index = shortWords.take(block, 0, ids);
    boolean fetched = false;
    while (index < block.count) {
      if (!fetched) {
        shortWords.findMissing(block, index);
        words.fetch(block);
        fetched = true;
      }
      if (block.hasKey(index)) {
        encodeShort(block, index, ids);
      } else {
        encodeLong(block, index, ids);
      }
      block.idEnds[index] = ids.count;
      index = shortWords.take(block, index + 1, ids);
    }
  }

  @Override
  public void spans(
      byte[] bytes, int from, int to, IdList ids, int first, int end, TokenSpans spans) {
    int at = from;
    for (int index = first; index < end; index++) {
      int next = at + model.byteLength(ids.values[index]);
      spans.add(at, next);
      at = next;
    }
  }

  private void encodeShort(WordBlock block, int index, IdList ids) {
    long low = block.lows[index];
    long high = block.highs[index];
    int from = block.start(index);
    int before = ids.count;
    int id = words.find(low, high, block.hashes[index]);
    encode(id, ignoreMerges, block.bytes, from, block.ends[index] - from, ids);
    shortWords.put(low, high, block.hashes[index], ids, before);
  }

  private void encodeLong(WordBlock block, int index, IdList ids) {
    byte[] bytes = block.bytes;
    int from = block.start(index);
    int length = block.ends[index] - from;
    long hash = block.hashes[index];
    boolean isKept = length <= LongWordCache.MAX_LENGTH;
    if (isKept && longWords.take(bytes, from, length, hash, ids)) {
      return;
    }
    int before = ids.count;
    encode(words.idOf(bytes, from, length, hash), ignoreMerges, bytes, from, length, ids);
    if (isKept) {
      longWords.put(bytes, from, length, hash, ids, before);
    }
  }

  /** The ids of a word, whatever was met before; {@code id} is the word's if it is a token. */
  private void encode(
      int id, boolean needsNoMerges, byte[] bytes, int from, int length, IdList ids) {
    if (id >= 0 && (words.isMade(id) || (needsNoMerges && !barred.get(id)))) {
      ids.add(id);
    } else {
      merge(bytes, from, length, ids);
    }
  }

  private void merge(byte[] bytes, int from, int length, IdList ids) {
    if (!byteLevel) {
      mergeCharacters(bytes, from, length, ids);
    } else if (EightBytes.areAscii(bytes, from, from + length)) {
      merger.merge(bytes, from, length, byteIds, bytePairs, ids);
    } else if (length <= WordKey.MAX_LENGTH) {
      mergeBytes(bytes, from, length, ids);
    } else {
      mergePieces(bytes, from, from + length, ids);
    }
  }

  private void mergeBytes(byte[] bytes, int from, int length, IdList ids) {
    merger.merge(bytes, from, length, byteIds, bytePairs, model.whole(), ids);
  }

  private void mergePieces(byte[] bytes, int from, int to, IdList ids) {
    Seams cuts = model.seams();
    for (int at = from; at < to; ) {
      int end = cuts.next(bytes, at, to);
      if (end - at > WordKey.MAX_LENGTH) {
        mergeBytes(bytes, at, end - at, ids);
      } else {
        mergePiece(bytes, at, end - at, ids);
      }
      at = end;
    }
  }

  /**
   * The ids to which merges lead, as they would for a word; one that is not a word may need them.
   */
  private void mergePiece(byte[] bytes, int from, int length, IdList ids) {
    long low = WordKey.low(bytes, from, length);
    long high = WordKey.high(bytes, from, length);
    long marked = ignoreMerges ? high | WordKey.MARK : high;
    long hash = WordKey.hash(low, marked);
    if (!shortWords.take(low, marked, hash, ids)) {
      int before = ids.count;
      encode(words.idOf(bytes, from, length), false, bytes, from, length, ids);
      shortWords.put(low, marked, hash, ids, before);
    }
  }

  private void mergeCharacters(byte[] bytes, int from, int length, IdList ids) {
    int[] symbols = merger.symbols(length);
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
    merger.merge(count, ids);
  }
}
