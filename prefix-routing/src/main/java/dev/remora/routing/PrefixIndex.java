package dev.remora.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which worker holds which blocks of prompts, and so how much of a prompt each of them need not
 * compute again.
 *
 * <p>It knows what it is told, by a {@link KvEventClient} or by the caller through {@link
 * IndexedWorker#apply}. A block counts only while all blocks before it are held: what is left of a
 * prompt whose beginning is gone is no prefix.
 *
 * <p>Its memory is bounded by its {@link #capacity}: a block takes at most 75 bytes for each worker
 * that holds it, and 99 where names are made of the contents, and more where several blocks of a
 * worker have one name; growing takes half as much for a moment. What is beyond the capacity is not
 * taken in.
 *
 * <p>Thread-safe. Questions never wait for events; of an event that is just taken in, a question
 * may see a part.
 */
public final class PrefixIndex {
  private static final int MAX_CAPACITY = 1 << 28;

  private final int capacity;
  private final Map<String, IndexedWorker> workers = new ConcurrentHashMap<>();
  private volatile List<WorkerGroup> groups = List.of();
  private int blocks; // guarded by this

  private PrefixIndex(int capacity) {
    this.capacity = capacity;
  }

  /**
   * What an index holds.
   *
   * @param workers the workers that were added and not removed
   * @param blocks the blocks, each once for each worker that holds it
   * @param capacity the most blocks that it takes in
   * @param unusableBlocks the blocks of these workers that could not be used
   * @param bytes the memory of its tables
   */
  public record Statistics(
      int workers, int blocks, int capacity, long unusableBlocks, long bytes) {}

  /**
   * An empty index.
   *
   * @param blocks the most blocks that it takes in, each counted once for each worker that holds
   *     it; up to 268,435,456
   * @throws IllegalArgumentException if it is less than 1, or more
   */
  public static PrefixIndex withCapacity(int blocks) {
    if (blocks < 1 || blocks > MAX_CAPACITY) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "the capacity must be 1 to %d blocks, not %d", MAX_CAPACITY, blocks));
    }
    return new PrefixIndex(blocks);
  }

  /** The most blocks that it takes in, each counted once for each worker that holds it. */
  public int capacity() {
    return capacity;
  }

  /**
   * Adds a worker whose names of blocks can be computed: prompts with a cache salt or an adapter
   * are told apart, and events need no ids.
   *
   * @param name any name that no worker of this index has
   * @param hashing the worker's own, with all its parameters
   * @throws IllegalArgumentException if the name is taken, or a name of this hashing does not stand
   *     for all ids up to the end of its block, as with {@link Xxh3BlockHashing#local}
   */
  public IndexedWorker add(String name, BlockHashing hashing) {
    if (!hashing.namesPrefixes()) {
      throw new IllegalArgumentException(hashing + " gives names without what comes before");
    }
    synchronized (this) {
      refuseTaken(name);
      return added(new IndexedWorker(this, name, groupFor(hashing)));
    }
  }

  /**
   * Adds a worker whose names of blocks mean nothing to others, such as a vLLM without a seed: the
   * index makes names of the ids that its events carry, and of the adapter's number. Its block size
   * is that of the first block.
   *
   * <p>Events tell nothing of cache salts, names of adapters and images. So of a prompt that has
   * any, nothing is known to be held; and blocks that a worker holds for such prompts count for
   * prompts of equal ids that have none.
   *
   * @param name any name that no worker of this index has
   * @throws IllegalArgumentException if the name is taken
   */
  public synchronized IndexedWorker addByContent(String name) {
    refuseTaken(name);
    return added(new IndexedWorker(this, name, null));
  }

  private void refuseTaken(String name) {
    if (workers.containsKey(Objects.requireNonNull(name))) {
      throw new IllegalArgumentException("there is a worker " + name);
    }
  }

  private IndexedWorker added(IndexedWorker worker) {
    workers.put(worker.name(), worker);
    return worker;
  }

  /** A group of this hashing that has room. Under the lock. */
  WorkerGroup groupFor(BlockHashing hashing) {
    for (WorkerGroup group : groups) {
      if (group.hashing().equals(hashing) && !group.isFull()) {
        return group;
      }
    }
    WorkerGroup group = new WorkerGroup(hashing);
    List<WorkerGroup> more = new ArrayList<>(groups);
    more.add(group);
    groups = List.copyOf(more);
    return group;
  }

  /** Lets a worker go that holds nothing any more. Under the lock. */
  void forgetWorker(IndexedWorker worker, @Nullable WorkerGroup group, long bit) {
    workers.remove(worker.name());
    if (group != null) {
      group.remove(bit);
      if (group.isEmpty()) {
        groups = groups.stream().filter(other -> other != group).toList();
      }
    }
  }

  /** Takes room for a block; gives whether there is any. Under the lock. */
  boolean reserve() {
    boolean hasRoom = blocks < capacity;
    blocks += hasRoom ? 1 : 0;
    return hasRoom;
  }

  /** Gives room back. Under the lock. */
  void release(int count) {
    blocks -= count;
  }

  /** The same for a prompt that has ids and nothing else. */
  public Map<String, Integer> match(int[] ids) {
    return match(ids, PromptContext.NONE);
  }

  /**
   * How many ids of a prompt, from the first one on and in whole blocks, each worker holds; 0 for
   * those that hold none of them, or of which it cannot be known.
   *
   * @param ids the prompt
   * @param context what it has beside its ids
   * @return by the workers' names, a map of the caller's own
   * @throws IllegalArgumentException if an id is negative
   */
  public Map<String, Integer> match(int[] ids, PromptContext context) {
    Map<String, Integer> tokens = noneHeld();
    Map<BlockHashing, BlockChain> chains = new HashMap<>(); // groups of one hashing share it
    for (WorkerGroup group : groups) {
      if (group.hashing().refusal(context).isEmpty()) {
        group.match(
            chains.computeIfAbsent(group.hashing(), hashing -> hashing.chainOf(ids, context)),
            tokens);
      }
    }
    return tokens;
  }

  /**
   * The same for a prompt whose blocks are named already: appending to a chain and asking again
   * hashes only what is new. Workers whose blocks are named otherwise are left out.
   */
  public Map<String, Integer> match(BlockChain chain) {
    Map<String, Integer> tokens = new HashMap<>();
    for (WorkerGroup group : groups) {
      if (group.hashing().equals(chain.hashing())) {
        group.match(chain, tokens);
      }
    }
    return tokens;
  }

  private Map<String, Integer> noneHeld() {
    Map<String, Integer> tokens = new HashMap<>();
    for (String worker : workers.keySet()) {
      tokens.put(worker, 0);
    }
    return tokens;
  }

  /** What it holds now. */
  public synchronized Statistics statistics() {
    long bytes = 0;
    long unusable = 0;
    for (WorkerGroup group : groups) {
      bytes += group.bytes();
    }
    for (IndexedWorker worker : workers.values()) {
      bytes += worker.bytes();
      unusable += worker.unusableBlocks();
    }
    return new Statistics(workers.size(), blocks, capacity, unusable, bytes);
  }

  @Override
  public String toString() {
    return "PrefixIndex[" + statistics() + "]";
  }
}
