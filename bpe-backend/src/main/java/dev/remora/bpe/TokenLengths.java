package dev.remora.bpe;

import dev.remora.spi.Vocabulary;

/** How many bytes of a normalized text each token of the model stands for. Thread-safe. */
final class TokenLengths {
  private final int[] lengths;

  private TokenLengths(int bound) {
    this.lengths = new int[bound];
  }

  static TokenLengths of(Vocabulary vocabulary, boolean byteLevel) {
    TokenLengths lengths = new TokenLengths(vocabulary.modelIdBound());
    vocabulary.forEachModelToken(
        (utf8, from, to, id) ->
            lengths.lengths[id] = byteLevel ? characters(utf8, from, to) : to - from);
    for (int value = 0; value < 256 && !byteLevel; value++) {
      byte[] token = BytePairModel.byteToken(value, false);
      int id = vocabulary.modelIdOf(token, 0, token.length);
      if (id >= 0) {
        lengths.lengths[id] = 1;
      }
    }
    return lengths;
  }

  private static int characters(byte[] utf8, int from, int to) {
    int count = 0;
    for (int at = from; at < to; at++) {
      count += (utf8[at] & 0xC0) == 0x80 ? 0 : 1;
    }
    return count;
  }

  int of(int id) {
    return lengths[id];
  }
}
