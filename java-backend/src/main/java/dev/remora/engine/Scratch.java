package dev.remora.engine;

/** What one call works in: buffers and the words met before. Of one thread at a time. */
final class Scratch {
  final Text raw = new Text();
  final Text normalized = new Text();
  final Text spare = new Text();
  final Text marked = new Text();
  final Text prefixed = new Text();
  final Segments rawSegments = new Segments();
  final Segments segments = new Segments();
  final Nfc nfc = new Nfc();
  final WordBlock block = new WordBlock();
  final Ids ids = new Ids();
  final WordCache words = new WordCache();
  final LongWordCache longWords = new LongWordCache();
  final Merger merger;
  int enough; // once there are more ids than this, the call needs no more of them

  Scratch(PairTable pairs) {
    this.merger = new Merger(pairs);
  }
}
