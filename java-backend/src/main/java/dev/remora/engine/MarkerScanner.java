package dev.remora.engine;

/**
 * Cuts before SentencePiece's marker of a space, U+2581, or whatever stands for it: before each one
 * as Metaspace does, or before each run of them, which changes no ids where no token has a marker
 * behind another character.
 */
final class MarkerScanner extends Scanner {
  private final byte[] marker;
  private final boolean eachAlone;

  MarkerScanner(byte[] marker, boolean eachAlone) {
    this.marker = marker;
    this.eachAlone = eachAlone;
  }

  /**
   * Whether a text may be cut before each run of markers without changing an id: no token has the
   * marker behind another character.
   */
  static boolean mayCut(TokenBytes tokens, byte[] marker) {
    MarkerScanner scanner = new MarkerScanner(marker, false);
    for (int id = 0; id < tokens.bound(); id++) {
      int from = tokens.starts[id];
      int to = tokens.starts[id + 1];
      if (from < to && scanner.end(tokens.pool, from, to) < to) {
        return false;
      }
    }
    return true;
  }

  @Override
  int end(byte[] bytes, int from, int to) {
    int at = from;
    boolean begun = eachAlone && isMarker(bytes, at, to);
    if (begun) {
      at += marker.length;
    }
    while (!begun && at < to && isMarker(bytes, at, to)) {
      at += marker.length;
    }
    while (at < to && !isMarker(bytes, at, to)) {
      at += Utf8.lengthOf(bytes[at]);
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
