package dev.remora.routing;

import dev.remora.core.text.SeededHash;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * For each name of a block, which of up to 64 workers hold it: a table of open addressing that one
 * thread at a time writes and any number read without waiting.
 *
 * <p>A place that has got a name keeps it, also when nobody holds the block any more; a table that
 * is full of such places, or too small, is copied. So a reader that finds a name finds its holders,
 * and one that meets an empty place knows that the name is not there.
 */
final class HolderTable {
  /** Bytes of a place. */
  static final int PLACE_BYTES = 2 * Long.BYTES;

  private static final int MIN_PLACES = 64;
  private static final int MAX_PLACES = 1 << 29; // two longs each

  private final AtomicLongArray places; // name, holders; the last place is that of the name 0
  private final int mask;
  private int used; // places with a name, by the writer

  HolderTable() {
    this(MIN_PLACES);
  }

  private HolderTable(int count) {
    this.places = new AtomicLongArray(2 * count + 2);
    this.mask = count - 1;
  }

  /** The workers that hold a block, as bits. By any thread. */
  long holders(long name) {
    if (name == 0) {
      return places.getAcquire(2 * mask + 3);
    }
    int place = first(name);
    while (true) {
      long found = places.getAcquire(2 * place);
      if (found == name) {
        return places.getAcquire(2 * place + 1);
      }
      if (found == 0) {
        return 0;
      }
      place = (place + 1) & mask;
    }
  }

  private int first(long name) {
    return (int) SeededHash.of(name, 0) & mask;
  }

  /** Whether there is room for another name. */
  boolean hasRoom() {
    return 3L * used < 2L * (mask + 1);
  }

  /** Sets the holders of a block; there is room. By the writer. */
  void set(long name, long holders) {
    if (name == 0) {
      places.setRelease(2 * mask + 3, holders);
      return;
    }
    int place = first(name);
    while (true) {
      long found = places.getPlain(2 * place);
      if (found == name || found == 0) {
        places.setRelease(2 * place + 1, holders);
        if (found == 0) {
          places.setRelease(2 * place, name); // only now can a reader find it
          used++;
        }
        return;
      }
      place = (place + 1) & mask;
    }
  }

  /** Takes workers from all blocks. By the writer. */
  void removeAll(long workers) {
    for (int at = 1; at < places.length(); at += 2) {
      long holders = places.getPlain(at);
      if ((holders & workers) != 0) {
        places.setRelease(at, holders & ~workers);
      }
    }
  }

  /** A copy with room for more, without these workers and without what nobody holds. */
  HolderTable copyWithout(long workers) {
    long held = 0;
    for (int at = 1; at < places.length(); at += 2) {
      held += (places.getPlain(at) & ~workers) == 0 ? 0 : 1;
    }
    int count = MIN_PLACES;
    while (count < 2 * held && count < MAX_PLACES) {
      count *= 2;
    }
    HolderTable copy = new HolderTable(count);
    for (int at = 0; at < places.length(); at += 2) {
      long holders = places.getPlain(at + 1) & ~workers;
      if (holders != 0) {
        copy.set(places.getPlain(at), holders);
      }
    }
    return copy;
  }

  /** Bytes that it takes. */
  long bytes() {
    return (long) places.length() * Long.BYTES;
  }
}
