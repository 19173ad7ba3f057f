package dev.remora.routing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Up to 64 workers whose blocks have names of one kind. Written under the lock of its index; read
 * by any thread, which never waits.
 */
final class WorkerGroup {
  private static final int MAX_WORKERS = Long.SIZE;

  private final BlockHashing hashing;
  private volatile State state = new State(new HolderTable(), 0, new IndexedWorker[MAX_WORKERS]);

  /**
   * What a reader sees. The bit of a worker that is gone is given to another one only in a new
   * state, with a table in which it stands nowhere.
   *
   * @param workers whose they are, by bit; not changed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record State(HolderTable table, long used, @Nullable IndexedWorker[] workers) {}

  WorkerGroup(BlockHashing hashing) {
    this.hashing = hashing;
  }

  BlockHashing hashing() {
    return hashing;
  }

  boolean isFull() {
    return state.used == -1;
  }

  boolean isEmpty() {
    return state.used == 0;
  }

  /** Takes a worker in; gives its bit. By the writer. */
  long add(IndexedWorker worker) {
    State old = state;
    int number = Long.numberOfTrailingZeros(~old.used);
    @Nullable IndexedWorker[] workers = old.workers.clone();
    workers[number] = worker;
    state = new State(old.table, old.used | 1L << number, workers);
    return 1L << number;
  }

  /** Lets a worker go. By the writer. */
  void remove(long bit) {
    State old = state;
    @Nullable IndexedWorker[] workers = old.workers.clone();
    workers[Long.numberOfTrailingZeros(bit)] = null;
    state = new State(old.table.copyWithout(bit), old.used & ~bit, workers);
  }

  /** Takes all blocks from a worker. By the writer. */
  void clear(long bit) {
    state.table.removeAll(bit);
  }

  /** Whether a worker holds a block. By the writer. */
  boolean holds(long name, long bit) {
    return (state.table.holders(name) & bit) != 0;
  }

  /** Gives a block to a worker. By the writer. */
  void give(long name, long bit) {
    State now = state;
    if (!now.table.hasRoom()) {
      now = new State(now.table.copyWithout(0), now.used, now.workers);
      state = now;
    }
    now.table.set(name, now.table.holders(name) | bit);
  }

  /** Takes a block from a worker. By the writer. */
  void take(long name, long bit) {
    HolderTable table = state.table;
    table.set(name, table.holders(name) & ~bit); // which has its place already
  }

  /** Puts for each worker how many ids it holds from the beginning of a prompt on. */
  void match(BlockChain chain, Map<String, Integer> tokens) {
    State now = state;
    long holding = now.used;
    int block = 0;
    for (; holding != 0 && block < chain.blocks(); block++) {
      long still = holding & now.table.holders(chain.hash(block));
      put(now.workers, holding & ~still, block, tokens);
      holding = still;
    }
    put(now.workers, holding, block, tokens);
  }

  private void put(
      @Nullable IndexedWorker[] workers, long which, int blocks, Map<String, Integer> tokens) {
    for (long rest = which; rest != 0; rest &= rest - 1) {
      IndexedWorker worker = workers[Long.numberOfTrailingZeros(rest)];
      if (worker != null) {
        tokens.put(worker.name(), blocks * hashing.blockSize());
      }
    }
  }

  long bytes() {
    return state.table.bytes();
  }
}
