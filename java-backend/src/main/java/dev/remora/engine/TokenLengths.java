package dev.remora.engine;

import dev.remora.core.engine.Vocabulary;
import java.util.BitSet;

/** How many bytes of a normalized text each token of the model stands for. Thread-safe. */
final class TokenLengths {
  private final TokenBytes tokens;
  private final BitSet bytes = new BitSet(); // the tokens of one byte by fallback

  TokenLengths(TokenBytes tokens, Vocabulary vocabulary, boolean byteLevel) {
    this.tokens = tokens;
    for (int value = 0; value < 256 && !byteLevel; value++) {
      byte[] token = BytePairModel.byteToken(value, false);
      int id = vocabulary.modelIdOf(token, 0, token.length);
      if (id >= 0) {
        bytes.set(id);
      }
    }
  }

  int of(int id) {
    return bytes.get(id) ? 1 : tokens.length(id);
  }
}
