package dev.remora.chat.response.pattern;

import java.util.BitSet;

/**
 * From which places an instruction is known to lead to no match: nothing is tried twice, so that a
 * search takes time in proportion to the text. Not thread-safe.
 */
final class FailedPlaces {
  private final BitSet places = new BitSet();
  private int base;
  private int end; // no place from here on is known

  FailedPlaces(int place) {
    base = place;
    end = place;
  }

  /** Forgets places that no search comes back to. */
  void startAt(int place) {
    if (place >= end) {
      places.clear();
      base = place;
      end = place;
    }
  }

  boolean contains(int place) {
    return place < end && place >= base && places.get(place - base);
  }

  /** Adds the places from one to another, both included. */
  void add(int first, int last) {
    int from = Math.max(first, base); // a look behind may stand before it
    if (last >= from) {
      places.set(from - base, last - base + 1);
      end = Math.max(end, last + 1);
    }
  }
}
