package dev.remora.djl;

import java.lang.ref.Reference;

/**
 * Makes sure of room for a large result before native code allocates it: there, an allocation that
 * fails ends the process; here it is an {@link OutOfMemoryError}.
 */
final class HeapRoom {
  private static final int LARGE = 1 << 20;
  private static final int PIECE = 1 << 27; // longs in one array: 1 GiB

  private HeapRoom() {}

  /**
   * Allocates and lets go, where that is much.
   *
   * @param longs the size in units of eight bytes
   * @throws OutOfMemoryError if there is no such room
   */
  static void make(long longs) {
    if (longs <= LARGE) {
      return;
    }
    long[][] room = new long[(int) (longs / PIECE) + 1][];
    try {
      for (int piece = 0; piece < room.length; piece++) {
        room[piece] = new long[(int) Math.min(PIECE, longs - (long) piece * PIECE)];
      }
    } finally {
      Reference.reachabilityFence(room); // or the compiler might leave the allocation out
    }
  }
}
