package dev.remora.routing;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Optional;

/**
 * The block hashes of SMG's and Dynamo's routers: XXH3-64, seed 1337, of the ids as four bytes
 * each, the lowest first.
 *
 * <p>Immutable and thread-safe.
 */
public final class Xxh3BlockHashing extends BlockHashing {
  private static final Hasher64 XXH3 = Hashing.xxh3_64(1337);

  private final boolean rolling;

  private Xxh3BlockHashing(int blockSize, boolean rolling) {
    super(blockSize, rolling);
    this.rolling = rolling;
  }

  /**
   * Names of blocks by their own ids alone, wherever they are.
   *
   * @param blockSize ids in a block
   * @throws IllegalArgumentException if it is not positive
   */
  public static Xxh3BlockHashing local(int blockSize) {
    return new Xxh3BlockHashing(blockSize, false);
  }

  /**
   * Names of blocks by all ids up to their end: the first is its local hash, each other one the
   * hash of the name before and its local hash.
   *
   * @param blockSize ids in a block
   * @throws IllegalArgumentException if it is not positive
   */
  public static Xxh3BlockHashing rolling(int blockSize) {
    return new Xxh3BlockHashing(blockSize, true);
  }

  @Override
  boolean namesPrefixes() {
    return rolling;
  }

  @Override
  Optional<String> refusal(PromptContext context) {
    return context.hasLora() || context.cacheSalt().isPresent() || context.isMultimodal()
        ? Optional.of("these XXH3 hashes are of ids alone")
        : Optional.empty();
  }

  @Override
  BlockLinks links(PromptContext context) {
    return rolling ? new RollingLinks(XXH3) : new LocalLinks(XXH3);
  }

  @Override
  public String toString() {
    return "Xxh3BlockHashing[blockSize=" + blockSize() + ", rolling=" + rolling + "]";
  }
}
