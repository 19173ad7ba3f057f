package dev.remora.engine.bpe;

import dev.remora.engine.word.TokenBytes;
import java.util.BitSet;

/** How many bytes of a prepared text each token of the model stands for. Thread-safe. */
final class TokenLengths {
  private final TokenBytes tokens;
  private final BitSet bytes = new BitSet(); // the tokens of one byte by fallback

  TokenLengths(TokenBytes tokens, int[] byteIds, boolean byteLevel) {
    this.tokens = tokens;
    for (int value = 0; value < byteIds.length && !byteLevel; value++) {
      bytes.set(byteIds[value]);
    }
  }

  int of(int id) {
    return bytes.get(id) ? 1 : tokens.length(id);
  }
}
