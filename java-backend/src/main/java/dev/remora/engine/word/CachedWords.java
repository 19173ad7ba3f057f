package dev.remora.engine.word;

import dev.remora.engine.text.IdList;

/**
 * The ids of words by a model whose words do not depend on each other, with the words met before.
 * Of one thread at a time.
 */
public abstract class CachedWords implements WordModel.State {
  private final WordCache shortWords = new WordCache();
  private final LongWordCache longWords = new LongWordCache();

  /** No words yet. */
  protected CachedWords() {}

  /** Appends the ids of a word, whatever was met before; bytes after it can be read. */
  protected abstract void encode(byte[] bytes, int from, int to, IdList ids);

  @Override
  public final void encode(WordBlock block, IdList ids) {
    int index = shortWords.take(block, 0, ids);
    while (index < block.count) {
      encodeMissing(block, index, ids);
      block.idEnds[index] = ids.count;
      index = shortWords.take(block, index + 1, ids);
    }
  }

  private void encodeMissing(WordBlock block, int index, IdList ids) {
    byte[] bytes = block.bytes;
    int from = block.start(index);
    int to = block.ends[index];
    int before = ids.count;
    long hash = block.hashes[index];
    if (block.hasKey(index)) {
      encode(bytes, from, to, ids);
      shortWords.put(block.lows[index], block.highs[index], hash, ids, before);
    } else if (to - from > LongWordCache.MAX_LENGTH) {
      encode(bytes, from, to, ids);
    } else if (!longWords.take(bytes, from, to - from, hash, ids)) {
      encode(bytes, from, to, ids);
      longWords.put(bytes, from, to - from, hash, ids, before);
    }
  }
}
