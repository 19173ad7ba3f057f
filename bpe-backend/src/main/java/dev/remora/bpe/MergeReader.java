package dev.remora.bpe;

import dev.remora.BundleException;
import dev.remora.spi.TokenizerDefinition;
import dev.remora.spi.Vocabulary;

/** Fills the pair table: a merge's rank is its place in the list. Of one thread at a time. */
final class MergeReader {
  private final Vocabulary vocabulary;
  private final PairTable pairs;
  private int rank;
  private int product; // of the merge before

  private MergeReader(Vocabulary vocabulary, PairTable pairs) {
    this.vocabulary = vocabulary;
    this.pairs = pairs;
  }

  /**
   * The merges of a definition.
   *
   * @throws BundleException if a token of one, or their product, is not in the vocabulary
   */
  static PairTable read(TokenizerDefinition definition) {
    PairTable pairs = new PairTable(definition.mergeCount());
    definition.forEachMerge(new MergeReader(definition.vocabulary(), pairs)::put);
    return pairs;
  }

  private void put(byte[] utf8, int from, int middle, int to) {
    int left = vocabulary.modelIdOf(utf8, from, middle);
    int right = vocabulary.modelIdOf(utf8, middle, to);
    product = product(utf8, from, to);
    if (left < 0 || right < 0 || product < 0) {
      throw new BundleException(
          "C8",
          "tokenizer.json",
          "merge %d is of tokens that are not in the vocabulary".formatted(rank));
    }
    pairs.put(left, right, rank++, product);
  }

  /** Merges mostly stand in the order of their products: comparing is cheaper than looking up. */
  private int product(byte[] utf8, int from, int to) {
    if (vocabulary.isModelToken(product, utf8, from, to)) {
      return product;
    }
    return vocabulary.isModelToken(product + 1, utf8, from, to)
        ? product + 1
        : vocabulary.modelIdOf(utf8, from, to);
  }
}
