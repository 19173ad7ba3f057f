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

  /** Appends the ids of a part of a word, whatever was met before; bytes after it can be read. */
  protected void encodePart(byte[] bytes, int from, int to, IdList ids) {
    throw new IllegalStateException("words have no parts");
  }

  /**
   * Appends the ids of a part of a word of up to {@link WordKey#MAX_LENGTH} bytes.
   *
   * @param isWord whether a word that is the same has the same ids
   */
  protected final void takePart(byte[] bytes, int from, int to, boolean isWord, IdList ids) {
    long low = WordKey.low(bytes, from, to - from);
    long high = WordKey.high(bytes, from, to - from) | (isWord ? 0 : WordKey.MARK);
    long hash = WordKey.hash(low, high);
    if (shortWords.take(low, high, hash, ids)) {
      return;
    }
    int before = ids.count;
    if (isWord) {
      encode(bytes, from, to, ids);
    } else {
      encodePart(bytes, from, to, ids);
    }
    shortWords.put(low, high, hash, ids, before);
  }

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
    boolean isKept = to - from <= LongWordCache.MAX_LENGTH;
    if (isKept && longWords.take(bytes, from, to - from, hash, ids)) {
      return;
    }
    encode(bytes, from, to, ids);
    if (block.hasKey(index) && ids.count - before <= WordCache.MAX_IDS) {
      shortWords.put(block.lows[index], block.highs[index], hash, ids, before);
    } else if (isKept) {
      longWords.put(bytes, from, to - from, hash, ids, before);
    }
  }
}
