package dev.remora.routing;

import dev.remora.routing.PromptContext.MultimodalItem;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * vLLM's block hashes by {@code --prefix-caching-hash-algo sha256_cbor}, as the low 64 bits that
 * its events carry. A block is the SHA-256 of canonical CBOR: the block before, the ids, and the
 * LoRA adapter, multimodal items and cache salt that it has.
 *
 * <p>Prompts that are given as embeddings are not known here. Immutable and thread-safe.
 */
public final class VllmBlockHashing extends BlockHashing {
  /** The one algorithm that can be computed outside of Python. */
  public static final String SHA256_CBOR = "sha256_cbor";

  private final byte[] root;
  private final boolean loraById;
  private final boolean itemOffsets;

  private VllmBlockHashing(Builder builder, String seed) {
    super(builder.blockSize, seed, builder.loraById, builder.itemOffsets);
    this.root = new ByteSink().cborText(seed).digest(ByteSink.sha256());
    this.loraById = builder.loraById;
    this.itemOffsets = builder.itemOffsets;
  }

  /** A builder. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  Optional<String> refusal(PromptContext context) {
    if (loraById && context.loraName().isPresent() && context.loraId().isEmpty()) {
      return Optional.of("this vLLM hashes the LoRA adapter's id, which is not given");
    }
    if (!loraById && context.loraId().isPresent() && context.loraName().isEmpty()) {
      return Optional.of("this vLLM hashes the LoRA adapter's name, which is not given");
    }
    return Optional.empty();
  }

  @Override
  BlockLinks links(PromptContext context) {
    return new Links(context, root);
  }

  @Override
  public String toString() {
    return "VllmBlockHashing[blockSize="
        + blockSize()
        + ", loraById="
        + loraById
        + ", itemOffsets="
        + itemOffsets
        + "]";
  }

  private final class Links implements BlockLinks {
    private final PromptContext context;
    private final MessageDigest sha256 = ByteSink.sha256();
    private final ByteSink sink = new ByteSink();
    private byte[] parent;

    Links(PromptContext context, byte[] parent) {
      this.context = context;
      this.parent = parent;
    }

    @Override
    public long next(int[] ids, int from, int to) {
      sink.clear().cborArray(3).cborBytes(parent).cborIds(ids, from, to);
      extraKeys(from, to);
      parent = sink.digest(sha256);
      return ByteBuffer.wrap(parent).getLong(parent.length - Long.BYTES);
    }

    private void extraKeys(int from, int to) {
      List<MultimodalItem> items =
          context.items().stream().filter(item -> item.start() < to && item.end() > from).toList();
      Optional<String> salt = from == 0 ? context.cacheSalt() : Optional.empty();
      int keys = (context.hasLora() ? 1 : 0) + items.size() + (salt.isPresent() ? 1 : 0);
      if (keys == 0) {
        sink.cborNull();
        return;
      }
      sink.cborArray(keys);
      if (context.hasLora()) {
        lora();
      }
      for (MultimodalItem item : items) {
        if (itemOffsets) {
          sink.cborArray(2).cborText(item.identifier()).cborInteger(item.start() - from);
        } else {
          sink.cborText(item.identifier());
        }
      }
      salt.ifPresent(sink::cborText);
    }

    private void lora() {
      if (loraById) {
        sink.cborInteger(context.loraId().orElseThrow());
      } else {
        sink.cborText(context.loraName().orElseThrow());
      }
    }

    @Override
    public BlockLinks copy() {
      return new Links(context, parent);
    }
  }

  /** Builds {@link VllmBlockHashing}. Not thread-safe. */
  public static final class Builder {
    private int blockSize = 16;
    private @Nullable String seed;
    private boolean loraById;
    private boolean itemOffsets;

    private Builder() {}

    /** Ids in a block, {@code --block-size}; default 16. */
    public Builder blockSize(int ids) {
      this.blockSize = ids;
      return this;
    }

    /**
     * The worker's {@code PYTHONHASHSEED}; no default. A worker without one has a root that it has
     * drawn by lot: nobody else can compute its hashes, and {@link PrefixIndex#addByContent} is for
     * it.
     */
    public Builder seed(String pythonHashSeed) {
      this.seed = PromptContext.requireText("PYTHONHASHSEED", pythonHashSeed);
      return this;
    }

    /**
     * The worker's {@code --prefix-caching-hash-algo}; default {@link #SHA256_CBOR}.
     *
     * @throws IllegalArgumentException for any other: {@code sha256} is of Python's pickle, whose
     *     bytes differ between versions, and others are not published
     */
    public Builder algorithm(String name) {
      if (!Objects.requireNonNull(name).equals(SHA256_CBOR)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "hashes of vLLM's algorithm '%s' cannot be computed here, only those of %s",
                name,
                SHA256_CBOR));
      }
      return this;
    }

    /**
     * Whether the number of a LoRA adapter is hashed, as older engines do, and not its name;
     * default false.
     */
    public Builder loraById(boolean byId) {
      this.loraById = byId;
      return this;
    }

    /**
     * Whether the key of a multimodal item is the pair of its identifier and its offset in the
     * block, as in newer engines, and not the identifier alone; default false.
     */
    public Builder itemOffsets(boolean pairs) {
      this.itemOffsets = pairs;
      return this;
    }

    /**
     * The hashing.
     *
     * @throws IllegalArgumentException if there is no seed, or the block size is not positive
     */
    public VllmBlockHashing build() {
      if (seed == null) {
        throw new IllegalArgumentException(
            "without the worker's PYTHONHASHSEED its hashes cannot be computed");
      }
      return new VllmBlockHashing(this, seed);
    }
  }
}
