package dev.remora.routing;

/** Names the blocks of one prompt, each after those before it. Of one thread at a time. */
interface BlockLinks {
  /** The name of the block at {@code ids[from..to)}, which comes next; all ids are in place. */
  long next(int[] ids, int from, int to);

  /** Another one that goes on from the same block. */
  BlockLinks copy();
}
