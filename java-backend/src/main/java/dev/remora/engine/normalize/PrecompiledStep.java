package dev.remora.engine.normalize;

import dev.remora.core.text.PrecompiledCharsmap;
import dev.remora.core.text.Utf8;
import dev.remora.engine.text.Utf8Text;

/**
 * SentencePiece's compiled character map, as the reference applies it: a cluster of less than six
 * bytes is replaced as a whole by what the shortest entry that it begins with stands for; of any
 * other, each character is. Thread-safe.
 */
final class PrecompiledStep implements NormalizationStep {
  private static final int LONGEST_WHOLE = 5; // bytes of a cluster that is replaced as one

  private final PrecompiledCharsmap map;
  private final boolean[] first = new boolean[256]; // of the bytes that entries begin with
  private final CharacterImages images;

  PrecompiledStep(PrecompiledCharsmap map) {
    this.map = map;
    for (int value = 1; value < first.length; value++) {
      first[value] = map.hasEntriesWith(value);
    }
    this.images =
        new CharacterImages(
            PrecompiledStep::isComplex,
            (source, from, to, target, buffers) -> replace(source, from, to, target));
  }

  /** Whether a character may be of one cluster with what is before or after it. */
  private static boolean isComplex(int codePoint) {
    return codePoint < 0x80 ? codePoint == '\r' : GraphemeScanner.mayJoin(codePoint);
  }

  @Override
  public boolean changes(Utf8Text text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (first[text.bytes[at] & 0xFF]) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void apply(
      Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    if (source.starts == null) {
      images.apply(source, from, to, target, buffers);
    } else {
      replace(source, from, to, buffers.changed);
      buffers.changed.write(source, from, to, target);
    }
  }

  private void replace(Utf8Text source, int from, int to, Utf8Text target) {
    int copied = from;
    for (Parts parts = new Parts(source.bytes, from, to); parts.next(); ) {
      if (parts.entry >= 0) {
        target.append(source, copied, parts.at);
        target.append(map.replacement(parts.entry));
        copied = parts.end;
      }
    }
    target.append(source, copied, to);
  }

  private void replace(Utf8Text source, int from, int to, ChangedText changed) {
    byte[] bytes = source.bytes;
    changed.clear();
    for (Parts parts = new Parts(bytes, from, to); parts.next(); ) {
      if (parts.entry >= 0) {
        changed.replace(Utf8.count(bytes, parts.at, parts.end), map.replacement(parts.entry));
      } else {
        changed.add(Utf8.codePointAt(bytes, parts.at), 0);
      }
    }
  }

  /** The parts of a text that are looked up as one: short clusters, and characters of others. */
  private final class Parts {
    private final byte[] bytes;
    private final int to;
    private int clusterEnd;
    private boolean isWhole;

    int at;
    int end;
    int entry; // that stands for the part; negative if none does

    Parts(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.to = to;
      this.clusterEnd = from;
      this.end = from;
    }

    boolean next() {
      at = end;
      if (at >= to) {
        return false;
      }
      if (at == clusterEnd) {
        clusterEnd = GraphemeScanner.end(bytes, at, to);
        isWhole = isReplacedWhole(bytes, at, clusterEnd);
      }
      end = isWhole ? clusterEnd : at + Utf8.lengthOf(bytes[at]);
      entry = find(bytes, at, end);
      return true;
    }
  }

  private boolean isReplacedWhole(byte[] bytes, int from, int to) {
    return to - from <= LONGEST_WHOLE && find(bytes, from, to) >= 0;
  }

  private int find(byte[] bytes, int from, int to) {
    return first[bytes[from] & 0xFF] ? map.find(bytes, from, to) : -1;
  }
}
