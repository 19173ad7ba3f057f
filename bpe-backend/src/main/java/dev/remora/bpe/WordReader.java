package dev.remora.bpe;

import java.util.Arrays;

/**
 * Collects the vocabulary by the bytes that its tokens stand for; it is visited twice, to count and
 * to put. Of one thread at a time.
 */
final class WordReader {
  private final boolean byteLevel;
  private final byte[] marker;
  private byte[] buffer = new byte[256];
  private int shortCount;
  private int longCount;
  private boolean markersBegin = true;
  private VocabularyWords words = new VocabularyWords(0, 0);

  WordReader(boolean byteLevel, byte[] marker) {
    this.byteLevel = byteLevel;
    this.marker = marker;
  }

  /** Counts a token. */
  void measure(byte[] utf8, int from, int to, int id) {
    if (to - from <= WordKey.MOST * (byteLevel ? 2 : 1)) {
      shortCount++; // some of them are long: the table is roomy
    }
    if (to - from > WordKey.MOST) {
      longCount++;
    }
  }

  /** Makes room for what was counted. */
  void allocate() {
    words = new VocabularyWords(shortCount, longCount);
  }

  /** Puts a token, unless no text can lead to it. */
  void put(byte[] utf8, int from, int to, int id) {
    int length = to - from;
    if (length + Utf8.PADDING > buffer.length) {
      buffer = new byte[2 * length + Utf8.PADDING];
    }
    if (byteLevel) {
      length = ByteLevelAlphabet.decode(utf8, from, to, buffer, 0);
    } else {
      System.arraycopy(utf8, from, buffer, 0, length);
      markersBegin &= !hasMarkerBehindAnother(utf8, from, to);
    }
    if (length > 0) {
      words.put(buffer, 0, length, id);
    }
  }

  private boolean hasMarkerBehindAnother(byte[] utf8, int from, int to) {
    boolean another = false;
    for (int at = from; at < to; ) {
      int end = Math.min(to, at + Utf8.lengthOf(utf8[at]));
      boolean isMarker = Arrays.equals(utf8, at, end, marker, 0, marker.length);
      if (isMarker && another) {
        return true;
      }
      another |= !isMarker;
      at = end;
    }
    return false;
  }

  VocabularyWords words() {
    return words;
  }

  /** Whether no token has the marker behind another character. */
  boolean markersBegin() {
    return markersBegin;
  }
}
