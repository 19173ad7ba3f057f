package dev.remora.engine.decode;

import dev.remora.core.text.Utf8;

/** One decoder of the reference: makes tokens of tokens. Thread-safe. */
@FunctionalInterface
interface DecodingStep {
  /** Adds what the tokens become. */
  void apply(TokenRow source, TokenRow target);

  /** A step that changes each token by itself, knowing which one it is. */
  static DecodingStep each(TokenChange change) {
    return (source, target) -> {
      for (int token = 0; token < source.count; token++) {
        change.append(source, token, target);
        target.endToken();
      }
    };
  }

  /** Changes one token. */
  @FunctionalInterface
  interface TokenChange {
    /** Appends what a token becomes. */
    void append(TokenRow source, int token, TokenRow target);
  }

  /**
   * Appends a token with each occurrence of some bytes replaced; nothing occurs before each
   * character and at the end.
   */
  static void replace(
      TokenRow source, int token, byte[] replaced, byte[] content, TokenRow target) {
    byte[] bytes = source.bytes;
    boolean everywhere = replaced.length == 0;
    int end = source.to(token);
    int at = source.from(token);
    while (at < end) {
      if (!everywhere && source.hasAt(at, end, replaced)) {
        target.append(content);
        at += replaced.length;
        continue;
      }
      if (everywhere) {
        target.append(content);
      }
      int next = at + Utf8.lengthOf(bytes[at]);
      target.append(bytes, at, next);
      at = next;
    }
    if (everywhere) {
      target.append(content);
    }
  }
}
