package dev.remora.core.engine;

import java.nio.charset.StandardCharsets;

/** The decoder ByteLevel: the bytes of all tokens together, then as UTF-8. */
final class ByteLevelStage extends TokenStage {
  private static final short[] BYTE_OF = byteOf();

  private final Utf8Decoder decoder = new Utf8Decoder();
  private final StringBuilder text = new StringBuilder();

  ByteLevelStage(TokenStage next) {
    super(next);
  }

  /** GPT-2's alphabet: the byte that a character stands for; -1 for none. */
  private static short[] byteOf() {
    short[] bytes = new short[0x100 + 68];
    int more = 0x100;
    for (int value = 0; value < 0x100; value++) {
      boolean itself = (value > ' ' && value < 0x7F) || (value > 0xA0 && value != 0xAD);
      bytes[value] = -1;
      bytes[itself ? value : more++] = (short) value;
    }
    return bytes;
  }

  @Override
  void push(String token) {
    if (token.chars().allMatch(c -> c < BYTE_OF.length && BYTE_OF[c] >= 0)) {
      for (int at = 0; at < token.length(); at++) {
        decoder.push((byte) BYTE_OF[token.charAt(at)], text);
      }
    } else { // a token outside of the alphabet, such as many added tokens, is its own text
      for (byte value : token.getBytes(StandardCharsets.UTF_8)) {
        decoder.push(value, text);
      }
    }
    handOn();
  }

  private void handOn() {
    next().push(text.toString());
    text.setLength(0);
  }

  @Override
  void finish() {
    decoder.finish(text);
    handOn();
    super.finish();
  }
}
