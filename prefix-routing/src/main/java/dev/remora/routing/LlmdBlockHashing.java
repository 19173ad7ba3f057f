package dev.remora.routing;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The block keys of llm-d's KV cache index: 64-bit FNV-1a of canonical CBOR of the block before and
 * the ids.
 *
 * <p>Immutable and thread-safe.
 */
public final class LlmdBlockHashing extends BlockHashing {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final long root;

  private LlmdBlockHashing(Builder builder, int blockSize) {
    super(blockSize, builder.seed, Optional.ofNullable(builder.model));
    ByteSink sink = new ByteSink();
    long seeded = hash(sink.bytes(builder.seed.getBytes(StandardCharsets.UTF_8)));
    this.root =
        builder.model == null
            ? seeded
            : hash(
                sink.clear().cborArray(3).cborUnsigned(seeded).cborNull().cborText(builder.model));
  }

  /** A builder. */
  public static Builder builder() {
    return new Builder();
  }

  private static long hash(ByteSink sink) {
    long hash = FNV_OFFSET;
    byte[] bytes = sink.array();
    for (int index = 0; index < sink.count(); index++) {
      hash = (hash ^ (bytes[index] & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }

  @Override
  Optional<String> refusal(PromptContext context) {
    return context.hasLora() || context.cacheSalt().isPresent() || context.isMultimodal()
        ? Optional.of("llm-d's block keys are known for prompts of ids alone")
        : Optional.empty();
  }

  @Override
  BlockLinks links(PromptContext context) {
    return new Links(root);
  }

  @Override
  public String toString() {
    return "LlmdBlockHashing[blockSize=" + blockSize() + "]";
  }

  private static final class Links implements BlockLinks {
    private final ByteSink sink = new ByteSink();
    private long parent;

    Links(long parent) {
      this.parent = parent;
    }

    @Override
    public long next(int[] ids, int from, int to) {
      sink.clear().cborArray(3).cborUnsigned(parent).cborIds(ids, from, to).cborNull();
      parent = hash(sink);
      return parent;
    }

    @Override
    public BlockLinks copy() {
      return new Links(parent);
    }
  }

  /** Builds {@link LlmdBlockHashing}. Not thread-safe. */
  public static final class Builder {
    private int blockSize = 16;
    private String seed = "";
    private @Nullable String model;

    private Builder() {}

    /** Ids in a block; default 16. */
    public Builder blockSize(int ids) {
      this.blockSize = ids;
      return this;
    }

    /** The {@code hashSeed} of the index; default the empty one. */
    public Builder seed(String hashSeed) {
      this.seed = hashSeed.isEmpty() ? "" : PromptContext.requireText("the seed", hashSeed);
      return this;
    }

    /** The name of the model, which newer versions hash first; default none, as in older ones. */
    public Builder model(String name) {
      this.model = PromptContext.requireText("the model", name);
      return this;
    }

    /**
     * The hashing.
     *
     * @throws IllegalArgumentException if the block size is not positive
     */
    public LlmdBlockHashing build() {
      return new LlmdBlockHashing(this, blockSize);
    }
  }
}
