package dev.remora.routing;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a worker tells of its blocks. Immutable and thread-safe, if the arrays are left alone. */
public sealed interface KvEvent {
  /**
   * Blocks that the worker now holds, each following the one before it.
   *
   * @param parent the name of the block that the first one follows; empty at the start of a prompt
   * @param blocks the blocks, in the order of the prompt
   */
  record Stored(OptionalLong parent, List<Block> blocks) implements KvEvent {
    /** Copies the list. */
    public Stored {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * One block.
   *
   * @param hash the engine's name of it
   * @param ids its ids; may be empty where names are computed
   * @param loraId the worker's number of the LoRA adapter, from 1; empty for none
   * @param level where it is held, such as 0 for the GPU; empty if the engine does not say
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Block(long hash, int[] ids, OptionalInt loraId, OptionalInt level) {
    /** A block without an adapter, held wherever it is. */
    public Block(long hash, int... ids) {
      this(hash, ids, OptionalInt.empty(), OptionalInt.empty());
    }
  }

  /**
   * Blocks that the worker holds no longer.
   *
   * @param hashes the engine's names of them
   * @param level from where they are gone; empty for wherever they were
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Removed(long[] hashes, OptionalInt level) implements KvEvent {
    /** Blocks that are gone from wherever they were. */
    public Removed(long... hashes) {
      this(hashes, OptionalInt.empty());
    }
  }

  /** The worker holds nothing any more. */
  record Cleared() implements KvEvent {}
}
