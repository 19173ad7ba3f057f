package dev.remora.routing;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Names of an index's own, for blocks whose engine's names nobody can compute: of the ids and the
 * adapter's number, which events carry. The seed is drawn by lot, so that nobody can make ids whose
 * names collide. Thread-safe.
 */
final class ContentHashing extends BlockHashing {
  private static final Hasher64 XXH3 = Hashing.xxh3_64(ThreadLocalRandom.current().nextLong());

  ContentHashing(int blockSize) {
    super(blockSize);
  }

  @Override
  Optional<String> refusal(PromptContext context) {
    boolean unseen =
        context.cacheSalt().isPresent()
            || context.isMultimodal()
            || (context.loraName().isPresent() && context.loraId().isEmpty());
    return unseen
        ? Optional.of("events tell of ids and the adapter's number alone")
        : Optional.empty();
  }

  @Override
  BlockLinks links(PromptContext context) {
    return first(context.loraId());
  }

  /** What names the first block and those after it. */
  static BlockLinks first(OptionalInt loraId) {
    return after(loraId.orElse(0)); // engines number adapters from 1
  }

  /** What names the blocks after this one. */
  static BlockLinks after(long parent) {
    return new RollingLinks(XXH3, parent);
  }

  @Override
  public String toString() {
    return "ContentHashing[blockSize=" + blockSize() + "]";
  }
}
