package dev.remora.engine.split;

import dev.remora.engine.text.EightBytes;

/**
 * Cuts before SentencePiece's marker of a space, U+2581, or whatever stands for it: before each one
 * as Metaspace does, or before each run of them. Thread-safe.
 */
public final class MarkerScanner extends Scanner {
  private final byte[] marker;
  private final boolean eachAlone;

  /**
   * A scanner.
   *
   * @param marker the one character to cut before, in UTF-8
   * @param eachAlone whether a run of markers is cut apart
   */
  public MarkerScanner(byte[] marker, boolean eachAlone) {
    this.marker = marker;
    this.eachAlone = eachAlone;
  }

  @Override
  public int end(byte[] bytes, int from, int to) {
    int at = from;
    boolean begun = eachAlone && isMarker(bytes, at, to);
    if (begun) {
      at += marker.length;
    }
    while (!begun && at < to && isMarker(bytes, at, to)) {
      at += marker.length;
    }
    return next(bytes, at, to);
  }

  /** Where the marker is next; {@code to} if it is not there. */
  private int next(byte[] bytes, int from, int to) {
    int at = EightBytes.find(marker[0], bytes, from, to);
    while (at < to && !isMarker(bytes, at, to)) {
      at = EightBytes.find(marker[0], bytes, at + 1, to);
    }
    return at;
  }

  private boolean isMarker(byte[] bytes, int at, int to) {
    if (bytes[at] != marker[0] || to - at < marker.length) {
      return false;
    }
    for (int index = 1; index < marker.length; index++) {
      if (bytes[at + index] != marker[index]) {
        return false;
      }
    }
    return true;
  }
}
