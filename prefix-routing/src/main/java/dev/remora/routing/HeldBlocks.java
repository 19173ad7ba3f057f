package dev.remora.routing;

import dev.remora.core.text.SeededHash;

/**
 * The blocks of one worker: by the engine's name, where they are held and, if the index has names
 * of its own, that name. A table of open addressing. Of one thread at a time.
 */
final class HeldBlocks {
  /** Bytes of a place, with a name of the index's own. */
  static final int PLACE_BYTES = 2 * Long.BYTES + 1;

  private static final int MIN_PLACES = 64;

  private final boolean hasOwnNames;
  private long[] hashes = new long[0];
  private long[] names = new long[0]; // empty unless the index has names of its own
  private byte[] levels = new byte[0]; // as bits; 0 for an empty place
  private int count;

  HeldBlocks(boolean hasOwnNames) {
    this.hasOwnNames = hasOwnNames;
    clear();
  }

  /** Forgets all of them. */
  void clear() {
    allocate(MIN_PLACES);
    count = 0;
  }

  private void allocate(int places) {
    hashes = new long[places];
    names = new long[hasOwnNames ? places : 0];
    levels = new byte[places];
  }

  int count() {
    return count;
  }

  /** The place of a block, or the empty one where it would be. */
  private int place(long hash) {
    int mask = levels.length - 1;
    int place = (int) SeededHash.of(hash, 0) & mask;
    while (levels[place] != 0 && hashes[place] != hash) {
      place = (place + 1) & mask;
    }
    return place;
  }

  boolean contains(long hash) {
    return levels[place(hash)] != 0;
  }

  /** The index's name of a block that is there. */
  long name(long hash) {
    return hasOwnNames ? names[place(hash)] : hash;
  }

  /** Adds levels to a block; gives whether it is new. */
  boolean add(long hash, long name, int atLevels) {
    int place = place(hash);
    boolean isNew = levels[place] == 0;
    if (isNew) {
      if (3L * (count + 1) > 2L * levels.length) {
        grow();
        place = place(hash);
      }
      hashes[place] = hash;
      if (hasOwnNames) {
        names[place] = name;
      }
      count++;
    }
    levels[place] |= (byte) atLevels;
    return isNew;
  }

  private void grow() {
    long[] oldHashes = hashes;
    long[] oldNames = names;
    byte[] oldLevels = levels;
    allocate(Math.multiplyExact(2, oldLevels.length));
    for (int old = 0; old < oldLevels.length; old++) {
      if (oldLevels[old] != 0) {
        move(oldHashes, oldNames, oldLevels, old, place(oldHashes[old]));
      }
    }
  }

  private void move(long[] fromHashes, long[] fromNames, byte[] fromLevels, int from, int to) {
    hashes[to] = fromHashes[from];
    levels[to] = fromLevels[from];
    if (hasOwnNames) {
      names[to] = fromNames[from];
    }
  }

  /** Takes levels from a block; gives whether it was there and is there no longer. */
  boolean remove(long hash, int atLevels) {
    int place = place(hash);
    if (levels[place] == 0) {
      return false;
    }
    levels[place] &= (byte) ~atLevels;
    if (levels[place] != 0) {
      return false;
    }
    count--;
    closeGap(place);
    return true;
  }

  /** Moves up what would not be found behind an empty place. */
  private void closeGap(int empty) {
    int mask = levels.length - 1;
    int gap = empty;
    for (int at = (gap + 1) & mask; levels[at] != 0; at = (at + 1) & mask) {
      int home = (int) SeededHash.of(hashes[at], 0) & mask;
      if (((at - home) & mask) >= ((at - gap) & mask)) {
        move(hashes, names, levels, at, gap);
        levels[at] = 0;
        gap = at;
      }
    }
  }

  /** Bytes that it takes. */
  long bytes() {
    return (long) levels.length * (hasOwnNames ? PLACE_BYTES : PLACE_BYTES - Long.BYTES);
  }
}
