package dev.remora.bpe;

import dev.remora.BundleException;
import dev.remora.spi.Vocabulary;

/** Fills the pair table: a merge's rank is its place in the list. Of one thread at a time. */
final class MergeReader {
  private final Vocabulary vocabulary;
  private final boolean byteLevel;
  private final VocabularyWords words;
  private final PairTable pairs;
  private final long[] bytePairs;
  private byte[] buffer = new byte[256]; // left and right, one behind the other
  private int rank;

  /**
   * @param pairs receives all merges
   * @param bytePairs receives those of two bytes, in a byte-level model: the values of {@code
   *     pairs}, at the first byte times 256 plus the second
   */
  MergeReader(
      Vocabulary vocabulary,
      boolean byteLevel,
      VocabularyWords words,
      PairTable pairs,
      long[] bytePairs) {
    this.vocabulary = vocabulary;
    this.byteLevel = byteLevel;
    this.words = words;
    this.pairs = pairs;
    this.bytePairs = bytePairs;
  }

  /**
   * Takes the next merge.
   *
   * @throws BundleException if one of its tokens, or their product, is not in the vocabulary
   */
  void put(byte[] left, int leftFrom, int leftTo, byte[] right, int rightFrom, int rightTo) {
    int most = leftTo - leftFrom + rightTo - rightFrom + Utf8.PADDING;
    if (most > buffer.length) {
      buffer = new byte[2 * most];
    }
    int middle = append(left, leftFrom, leftTo, 0);
    int end = middle < 0 ? -1 : append(right, rightFrom, rightTo, middle);
    if (end < 0) {
      putUnreachable(left, leftFrom, leftTo, right, rightFrom, rightTo);
    } else {
      int leftId = checked(words.idOf(buffer, 0, middle));
      int rightId = checked(words.idOf(buffer, middle, end - middle));
      pairs.put(leftId, rightId, rank, checked(words.idOf(buffer, 0, end)));
      if (byteLevel && end == 2) {
        bytePairs[(buffer[0] & 0xFF) << 8 | (buffer[1] & 0xFF)] = pairs.get(leftId, rightId);
      }
    }
    rank++;
  }

  private int append(byte[] utf8, int from, int to, int at) {
    if (byteLevel) {
      return ByteLevelAlphabet.decode(utf8, from, to, buffer, at);
    }
    System.arraycopy(utf8, from, buffer, at, to - from);
    return at + to - from;
  }

  /** A merge of tokens that no text leads to; the reference wants it to be sound all the same. */
  private void putUnreachable(
      byte[] left, int leftFrom, int leftTo, byte[] right, int rightFrom, int rightTo) {
    int leftLength = leftTo - leftFrom;
    int length = leftLength + rightTo - rightFrom;
    System.arraycopy(left, leftFrom, buffer, 0, leftLength);
    System.arraycopy(right, rightFrom, buffer, leftLength, rightTo - rightFrom);
    pairs.put(
        checked(vocabulary.modelIdOf(left, leftFrom, leftTo)),
        checked(vocabulary.modelIdOf(right, rightFrom, rightTo)),
        rank,
        checked(vocabulary.modelIdOf(buffer, 0, length)));
  }

  private int checked(int id) {
    if (id < 0) {
      throw new BundleException(
          "C8",
          "tokenizer.json",
          "merge %d is of tokens that are not in the vocabulary".formatted(rank));
    }
    return id;
  }
}
