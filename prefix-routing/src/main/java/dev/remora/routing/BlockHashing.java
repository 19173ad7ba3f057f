package dev.remora.routing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How an engine names the blocks of a prompt's ids: each by a hash of its own ids and, but for
 * {@link Xxh3BlockHashing#local}, of all that come before. A worker and its router agree on names
 * only where every parameter is the worker's own, so that none is guessed: those without a default
 * must be given.
 *
 * <p>Only whole blocks have a name. Equal hashings give equal names. Immutable and thread-safe.
 */
public abstract sealed class BlockHashing
    permits VllmBlockHashing,
        SglangBlockHashing,
        LlmdBlockHashing,
        Xxh3BlockHashing,
        ContentHashing {
  private static final int MAX_BLOCK_SIZE = 1 << 20;

  private final int blockSize;
  private final List<Object> others; // parameters, for equals

  BlockHashing(int blockSize, Object... others) {
    if (blockSize < 1 || blockSize > MAX_BLOCK_SIZE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "the block size must be 1 to %d, not %d", MAX_BLOCK_SIZE, blockSize));
    }
    this.blockSize = blockSize;
    this.others = List.of(others);
  }

  /** Ids in a block. */
  public final int blockSize() {
    return blockSize;
  }

  /** An empty chain of blocks of a prompt that has ids and nothing else. */
  public final BlockChain chain() {
    return chain(PromptContext.NONE);
  }

  /**
   * An empty chain of blocks.
   *
   * @throws IllegalArgumentException if the engine's hashes know nothing of what the context has
   */
  public final BlockChain chain(PromptContext context) {
    return chainOf(new int[0], context);
  }

  /**
   * The names of all whole blocks of a prompt, in order.
   *
   * @throws IllegalArgumentException if an id is negative, or as {@link #chain(PromptContext)} says
   */
  public final long[] hashes(int[] ids, PromptContext context) {
    return chainOf(ids, context).hashes();
  }

  /** A chain that reads these ids, which must not change, and does not copy them. */
  final BlockChain chainOf(int[] ids, PromptContext context) {
    refusal(context)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
    return new BlockChain(this, links(context), ids);
  }

  /** Why prompts of this context have no names; empty if they have. */
  abstract Optional<String> refusal(PromptContext context);

  /** What names the blocks of a prompt of a context that is not refused. */
  abstract BlockLinks links(PromptContext context);

  /** Ids after a block that its name depends on. */
  int lookahead() {
    return 0;
  }

  /** Whether a name stands for all ids up to the end of its block. */
  boolean namesPrefixes() {
    return true;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof BlockHashing hashing
        && getClass() == hashing.getClass()
        && blockSize == hashing.blockSize
        && others.equals(hashing.others);
  }

  @Override
  public final int hashCode() {
    return 31 * blockSize + others.hashCode();
  }
}
