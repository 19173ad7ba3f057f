package dev.remora.engine.bpe;

import java.util.Arrays;

/**
 * The pairs of a long word that merge and wait for it: the one of lowest rank is taken first, of
 * equal ranks the leftmost. Those of a rank mostly come from left to right; they are a list, so
 * that they are taken one after the other, and only ranks are in a heap. A pair that comes to the
 * left of its list's end is late, and waits in a heap of such pairs. Of one thread at a time.
 */
final class WaitingPairs {
  private static final int NONE = -1;
  private static final long EMPTY = Long.MAX_VALUE;

  private int[] places = new int[64]; // of each entry of a list
  private int[] nexts = new int[64]; // of each entry: the next of its list, or the next free one
  private int used;
  private int free = NONE;

  private int[] slotRanks = new int[64]; // open addressing; each plus one, 0 for none
  private int[] firsts = new int[64]; // of each slot: the first entry of its list
  private int[] lasts = new int[64]; // NONE where the list is empty
  private int slots;

  private final LongHeap ranks = new LongHeap(); // that have a list which is not empty
  private final LongHeap late = new LongHeap();

  /** Forgets all. */
  void clear() {
    used = 0;
    free = NONE;
    if (slots > 0) {
      Arrays.fill(slotRanks, 0);
      slots = 0;
    }
  }

  /** Adds a pair by its rank and place, neither of which is negative. */
  void add(int rank, int place) {
    int slot = slotOf(rank);
    int last = lasts[slot];
    if (last != NONE && places[last] > place) {
      late.add((long) rank << Integer.SIZE | place);
      return;
    }
    int entry = newEntry(place);
    if (last == NONE) {
      firsts[slot] = entry;
      ranks.add(rank);
    } else {
      nexts[last] = entry;
    }
    lasts[slot] = entry;
  }

  private int newEntry(int place) {
    int entry = free;
    if (entry != NONE) {
      free = nexts[entry];
    } else {
      entry = used++;
      if (entry == places.length) {
        places = Arrays.copyOf(places, 2 * entry);
        nexts = Arrays.copyOf(nexts, 2 * entry);
      }
    }
    places[entry] = place;
    nexts[entry] = NONE;
    return entry;
  }

  /** Whether none waits. */
  boolean isEmpty() {
    return ranks.isEmpty() && late.isEmpty();
  }

  /** Takes the next pair: its rank in the upper half, its place in the lower. */
  long take() {
    long latest = late.isEmpty() ? EMPTY : late.least();
    if (ranks.isEmpty()) {
      return late.take();
    }
    int rank = (int) ranks.least();
    int slot = slotOf(rank);
    int entry = firsts[slot];
    long listed = (long) rank << Integer.SIZE | places[entry];
    if (latest < listed) {
      return late.take();
    }
    firsts[slot] = nexts[entry];
    nexts[entry] = free;
    free = entry;
    if (firsts[slot] == NONE) {
      lasts[slot] = NONE;
      ranks.take();
    }
    return listed;
  }

  private int slotOf(int rank) {
    int mask = slotRanks.length - 1;
    int slot = ((rank * 0x9E3779B9) >>> 7) & mask;
    while (slotRanks[slot] != rank + 1) {
      if (slotRanks[slot] == 0) {
        return newSlot(slot, rank);
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int newSlot(int slot, int rank) {
    if (2 * slots >= slotRanks.length) {
      grow();
      return slotOf(rank);
    }
    slots++;
    slotRanks[slot] = rank + 1;
    lasts[slot] = NONE;
    return slot;
  }

  private void grow() {
    int[] oldRanks = slotRanks;
    int[] oldFirsts = firsts;
    int[] oldLasts = lasts;
    slotRanks = new int[2 * oldRanks.length];
    firsts = new int[slotRanks.length];
    lasts = new int[slotRanks.length];
    slots = 0;
    for (int old = 0; old < oldRanks.length; old++) {
      if (oldRanks[old] != 0 && oldLasts[old] != NONE) {
        int slot = slotOf(oldRanks[old] - 1);
        firsts[slot] = oldFirsts[old];
        lasts[slot] = oldLasts[old];
      }
    }
  }

  /** Numbers of which the least is taken first. */
  private static final class LongHeap {
    private static final int CHILDREN = 4; // of a place in the heap, side by side in memory

    private long[] heap = new long[64];
    private int count;

    boolean isEmpty() {
      return count == 0;
    }

    long least() {
      return heap[0];
    }

    void add(long number) {
      if (count == heap.length) {
        heap = Arrays.copyOf(heap, 2 * count);
      }
      int at = count++;
      while (at > 0 && heap[(at - 1) / CHILDREN] > number) {
        heap[at] = heap[(at - 1) / CHILDREN];
        at = (at - 1) / CHILDREN;
      }
      heap[at] = number;
    }

    long take() {
      long least = heap[0];
      long last = heap[--count];
      if (count > 0) {
        sink(last);
      }
      return least;
    }

    private void sink(long number) {
      int at = 0;
      while (true) {
        int first = CHILDREN * at + 1;
        if (first >= count) {
          break;
        }
        int least = first;
        for (int child = first + 1; child < Math.min(first + CHILDREN, count); child++) {
          least = heap[child] < heap[least] ? child : least;
        }
        if (heap[least] >= number) {
          break;
        }
        heap[at] = heap[least];
        at = least;
      }
      heap[at] = number;
    }
  }
}
