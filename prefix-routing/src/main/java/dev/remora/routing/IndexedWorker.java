package dev.remora.routing;

import dev.remora.routing.KvEvent.Block;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A worker of a {@link PrefixIndex}, which is told here what the worker holds. Its name is free
 * again once it is removed; calls on one that is removed do nothing.
 *
 * <p>Thread-safe; events of one worker are to be applied in their order.
 */
public final class IndexedWorker {
  private static final int UNKNOWN_LEVEL = 1; // as bits
  private static final int HIGHEST_LEVEL = 1 << 7; // and all above
  private static final int ALL_LEVELS = 0xFF;

  private final PrefixIndex index;
  private final String name;
  private final boolean hasOwnNames;
  private final HeldBlocks blocks; // this and all below are guarded by the index
  private final Map<Long, Integer> alike = new HashMap<>(); // how many more blocks have a name
  private @Nullable WorkerGroup group; // null until its block size is known
  private long bit;
  private boolean removed;
  private long unusable;

  /**
   * @param group where it belongs; null if its blocks get names of the index's own
   */
  IndexedWorker(PrefixIndex index, String name, @Nullable WorkerGroup group) {
    this.index = index;
    this.name = name;
    this.hasOwnNames = group == null;
    this.blocks = new HeldBlocks(hasOwnNames);
    join(group);
  }

  private void join(@Nullable WorkerGroup joined) {
    group = joined;
    bit = joined == null ? 0 : joined.add(this);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** How many blocks it holds, as far as is known. */
  public int blocks() {
    synchronized (index) {
      return blocks.count();
    }
  }

  /**
   * How many blocks could not be used since the worker was added: of another size, without ids
   * where names are made of them, after a block that is not known, or beyond the bound of the
   * index.
   */
  public long unusableBlocks() {
    synchronized (index) {
      return unusable;
    }
  }

  /** Takes in what the worker tells. */
  public void apply(KvEvent event) {
    synchronized (index) {
      if (removed) {
        return;
      }
      if (event instanceof KvEvent.Stored stored) {
        store(stored);
      } else if (event instanceof KvEvent.Removed gone) {
        for (long hash : gone.hashes()) {
          remove(hash, gone.level());
        }
      } else {
        forget();
      }
    }
  }

  /** Forgets what the worker holds, as when events were lost. */
  public void clear() {
    apply(new KvEvent.Cleared());
  }

  /** Takes the worker from the index, which answers of it no more. */
  public void remove() {
    synchronized (index) {
      if (removed) {
        return;
      }
      forget();
      removed = true;
      index.forgetWorker(this, group, bit);
    }
  }

  private void store(KvEvent.Stored stored) {
    if (hasOwnNames) {
      storeByContent(stored);
      return;
    }
    for (Block block : stored.blocks()) {
      boolean isOfSize =
          block.ids().length == 0 || block.ids().length == joined().hashing().blockSize();
      if (!isOfSize || !hold(block, block.hash())) {
        unusable++;
      }
    }
  }

  private WorkerGroup joined() {
    if (group == null) {
      throw new IllegalStateException("a worker without a group holds nothing");
    }
    return group;
  }

  private void storeByContent(KvEvent.Stored stored) {
    @Nullable BlockLinks links = null;
    boolean isKnown = true; // the block before
    for (int number = 0; number < stored.blocks().size(); number++) {
      Block block = stored.blocks().get(number);
      isKnown = isKnown && isOfSize(block);
      if (isKnown && links == null) {
        links = linksAfter(stored, block);
        isKnown = links != null;
      }
      if (links != null && isKnown) {
        isKnown = hold(block, links.next(block.ids(), 0, block.ids().length));
      }
      unusable += isKnown ? 0 : 1;
    }
  }

  /** Whether the ids of a block are a block of this worker, whose first one tells its size. */
  private boolean isOfSize(Block block) {
    if (group == null && block.ids().length > 0) {
      join(index.groupFor(new ContentHashing(block.ids().length)));
    }
    return group != null && block.ids().length == group.hashing().blockSize();
  }

  private @Nullable BlockLinks linksAfter(KvEvent.Stored stored, Block first) {
    if (stored.parent().isEmpty()) {
      return ContentHashing.first(first.loraId());
    }
    long parent = stored.parent().getAsLong();
    return blocks.contains(parent) ? ContentHashing.after(blocks.name(parent)) : null;
  }

  /** Holds a block, if there is room; gives whether it does. */
  private boolean hold(Block block, long blockName) {
    boolean isNew = !blocks.contains(block.hash());
    if (isNew && !index.reserve()) {
      return false;
    }
    blocks.add(block.hash(), blockName, levelBit(block.level()));
    if (isNew) {
      if (joined().holds(blockName, bit)) {
        alike.merge(blockName, 1, Integer::sum);
      } else {
        joined().give(blockName, bit);
      }
    }
    return true;
  }

  private static int levelBit(OptionalInt level) {
    return level.isEmpty()
        ? UNKNOWN_LEVEL
        : (int) Math.min(HIGHEST_LEVEL, 2L << Math.min(Math.max(level.getAsInt(), 0), 8));
  }

  private void remove(long hash, OptionalInt level) {
    if (!blocks.contains(hash)) {
      return;
    }
    long blockName = blocks.name(hash);
    int levels = level.isEmpty() ? ALL_LEVELS : levelBit(level) | UNKNOWN_LEVEL;
    if (blocks.remove(hash, levels)) {
      index.release(1);
      Integer others = alike.get(blockName);
      if (others == null) {
        joined().take(blockName, bit);
      } else if (others == 1) {
        alike.remove(blockName);
      } else {
        alike.put(blockName, others - 1);
      }
    }
  }

  private void forget() {
    index.release(blocks.count());
    blocks.clear();
    alike.clear();
    if (group != null) {
      group.clear(bit);
    }
  }

  /** Bytes of what only this worker has. */
  long bytes() {
    return blocks.bytes();
  }

  @Override
  public String toString() {
    return "IndexedWorker[" + name + ", " + blocks() + " blocks]";
  }
}
