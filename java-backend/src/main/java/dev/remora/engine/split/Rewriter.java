package dev.remora.engine.split;

import dev.remora.engine.text.Utf8Text;

/** What a pre-tokenizer makes of a piece before it cuts it. Thread-safe. */
interface Rewriter {
  /** Whether the piece becomes another. */
  boolean changes(Utf8Text text, int from, int to);

  /** Appends what the piece becomes. */
  void apply(Utf8Text source, int from, int to, Utf8Text target);

  /** Whether it must know which piece is the first of the user's text. */
  default boolean needsOrigins() {
    return false;
  }
}
