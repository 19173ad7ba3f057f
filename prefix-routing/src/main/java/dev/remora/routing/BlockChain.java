package dev.remora.routing;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The blocks of a prompt that may grow. A block is hashed when its name is first asked for, and
 * once: appending the ids of a turn costs what the turn costs.
 *
 * <p>Keeps four bytes an id and eight a block. Not thread-safe.
 */
public final class BlockChain {
  private final BlockHashing hashing;
  private final BlockLinks links;
  private int[] ids; // the caller's own where nothing was appended
  private int count;
  private long[] hashes = new long[0];
  private int hashed;

  BlockChain(BlockHashing hashing, BlockLinks links, int[] ids) {
    this.hashing = hashing;
    this.links = links;
    this.ids = ids;
    this.count = ids.length;
    refuseNegative(ids);
  }

  private static void refuseNegative(int[] ids) {
    for (int id : ids) {
      if (id < 0) {
        throw new IllegalArgumentException("the id " + id + " is negative");
      }
    }
  }

  /**
   * Appends ids.
   *
   * @throws IllegalArgumentException if one is negative; none is appended then
   */
  public BlockChain append(int... more) {
    refuseNegative(more);
    int longer = Math.addExact(count, more.length);
    if (longer > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(longer, (int) Math.min(2L * count, Integer.MAX_VALUE - 8)));
    }
    System.arraycopy(more, 0, ids, count, more.length);
    count = longer;
    return this;
  }

  /** How its blocks are named. */
  public BlockHashing hashing() {
    return hashing;
  }

  /** How many ids it has. */
  public int tokens() {
    return count;
  }

  /** How many whole blocks it has. */
  public int blocks() {
    return Math.max(0, count - hashing.lookahead()) / hashing.blockSize();
  }

  /**
   * The name of a block, as 64 bits that the engine publishes as a signed or an unsigned number.
   *
   * @throws IndexOutOfBoundsException if there is no such block
   */
  public long hash(int block) {
    Objects.checkIndex(block, blocks());
    if (block >= hashes.length) {
      hashes =
          Arrays.copyOf(hashes, Math.min(blocks(), Math.max(block + 1, 2 * hashes.length + 16)));
    }
    int size = hashing.blockSize();
    while (hashed <= block) {
      int from = hashed * size;
      hashes[hashed] = links.next(ids, from, from + size);
      hashed++;
    }
    return hashes[block];
  }

  /** The names of all whole blocks, in order. */
  public long[] hashes() {
    int blocks = blocks();
    if (blocks > 0) {
      hash(blocks - 1);
    }
    return Arrays.copyOf(hashes, blocks);
  }

  /**
   * The name that the ids after the last whole block have as a shorter block; empty if there are
   * none. Engines publish whole blocks only.
   */
  public OptionalLong shortLastHash() {
    int from = hashes().length * hashing.blockSize();
    int to = count - hashing.lookahead();
    return from < to ? OptionalLong.of(links.copy().next(ids, from, to)) : OptionalLong.empty();
  }

  @Override
  public String toString() {
    return "BlockChain[" + hashing + ", " + count + " ids, " + blocks() + " blocks]";
  }
}
