package dev.remora.engine.split;

import dev.remora.engine.text.Utf8Text;

/** What a splitter works in, used again and again. Of one thread at a time. */
public final class SplitBuffers {
  /** A stretch with its spaces replaced. */
  final Utf8Text replaced = new Utf8Text();

  /** A stretch with a prefix. */
  final Utf8Text prefixed = new Utf8Text();
}
