package dev.remora.engine.decode;

import dev.remora.core.text.FallbackByte;
import dev.remora.core.text.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Tokens such as {@code <0x0A>} become bytes: those in a row are one token if they are UTF-8, else
 * a U+FFFD each.
 */
final class ByteFallbackStep implements DecodingStep {
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

  @Override
  public void apply(TokenRow source, TokenRow target) {
    byte[] run = new byte[source.count + Utf8.PADDING];
    int length = 0;
    for (int token = 0; token < source.count; token++) {
      int value = FallbackByte.of(source.bytes, source.from(token), source.to(token));
      if (value >= 0) {
        run[length++] = (byte) value;
        continue;
      }
      end(run, length, target);
      length = 0;
      target.add(source, token);
    }
    end(run, length, target);
  }

  private static void end(byte[] run, int length, TokenRow target) {
    if (length > 0 && Utf8.isWellFormed(run, 0, length)) {
      target.append(run, 0, length);
      target.endToken();
      return;
    }
    for (int index = 0; index < length; index++) {
      target.append(REPLACEMENT);
      target.endToken();
    }
  }
}
