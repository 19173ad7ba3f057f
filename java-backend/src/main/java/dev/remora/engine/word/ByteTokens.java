package dev.remora.engine.word;

import dev.remora.core.text.ByteAlphabet;
import dev.remora.core.text.FallbackByte;
import dev.remora.core.vocabulary.Vocabulary;

/** The tokens of single bytes, as each kind of vocabulary spells them. */
public final class ByteTokens {
  /** How many values a byte has. */
  public static final int COUNT = 256;

  private ByteTokens() {}

  /** The token of a byte, in UTF-8: spelled in the byte-level alphabet, or {@code <0x0A>}. */
  public static byte[] tokenOf(int value, boolean byteLevel) {
    return byteLevel ? ByteAlphabet.tokenOf(value) : FallbackByte.tokenOf(value);
  }

  /** The id of each byte's token; -1 for one that is not in the vocabulary. */
  public static int[] ids(Vocabulary vocabulary, boolean byteLevel) {
    int[] ids = new int[COUNT];
    for (int value = 0; value < COUNT; value++) {
      byte[] token = tokenOf(value, byteLevel);
      ids[value] = vocabulary.modelIdOf(token, 0, token.length);
    }
    return ids;
  }
}
