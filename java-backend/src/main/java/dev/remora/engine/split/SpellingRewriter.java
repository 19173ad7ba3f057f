package dev.remora.engine.split;

import dev.remora.engine.text.Utf8Text;

/** Spells each byte as a letter, as ByteLevel does for what comes after it. Thread-safe. */
final class SpellingRewriter implements Rewriter {
  @Override
  public boolean changes(Utf8Text text, int from, int to) {
    return true;
  }

  @Override
  public void apply(Utf8Text source, int from, int to, Utf8Text target) {
    target.appendSpelled(source, from, to);
  }
}
