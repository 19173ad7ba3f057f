package dev.remora.routing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SGLang's page hashes, as its events carry them: the first 64 bits of the SHA-256 of the page
 * before and the ids. The names of an adapter and a salt are hashed; {@code extra_key} is not.
 *
 * <p>Immutable and thread-safe.
 */
public final class SglangBlockHashing extends BlockHashing {
  private static final String SALT_DOMAIN = "sglang-cache-salt-v1";
  private static final String LORA_DOMAIN = "sglang-kv-event-lora-v1";

  private final boolean bigrams;
  private final boolean saltAndLora;

  private SglangBlockHashing(Builder builder) {
    super(builder.pageSize, builder.bigrams, builder.saltAndLora);
    this.bigrams = builder.bigrams;
    this.saltAndLora = builder.saltAndLora;
  }

  /** A builder. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  Optional<String> refusal(PromptContext context) {
    if (context.isMultimodal()) {
      return Optional.of(
          "SGLang hashes no multimodal items: their placeholder ids stand for their content");
    }
    if (context.loraId().isPresent() && context.loraName().isEmpty()) {
      return Optional.of("SGLang hashes the LoRA adapter's name, which is not given");
    }
    if (!saltAndLora && (context.hasLora() || context.cacheSalt().isPresent())) {
      return Optional.of("this SGLang hashes neither a cache salt nor a LoRA adapter");
    }
    return Optional.empty();
  }

  @Override
  BlockLinks links(PromptContext context) {
    MessageDigest sha256 = ByteSink.sha256();
    byte[] root =
        context.cacheSalt().map(salt -> key(SALT_DOMAIN, salt, sha256)).orElse(new byte[0]);
    byte[] lora = context.loraName().map(name -> key(LORA_DOMAIN, name, sha256)).orElse(null);
    return new Links(lora, root);
  }

  private static byte[] key(String domain, String value, MessageDigest sha256) {
    return new ByteSink()
        .bytes(domain.getBytes(StandardCharsets.UTF_8))
        .bytes(new byte[1])
        .bytes(value.getBytes(StandardCharsets.UTF_8))
        .digest(sha256);
  }

  @Override
  int lookahead() {
    return bigrams ? 1 : 0;
  }

  @Override
  public String toString() {
    return "SglangBlockHashing[pageSize="
        + blockSize()
        + ", bigrams="
        + bigrams
        + ", saltAndLora="
        + saltAndLora
        + "]";
  }

  private final class Links implements BlockLinks {
    private final byte @Nullable [] lora;
    private final MessageDigest sha256 = ByteSink.sha256();
    private final ByteSink sink = new ByteSink();
    private byte[] parent;

    Links(byte @Nullable [] lora, byte[] parent) {
      this.lora = lora;
      this.parent = parent;
    }

    @Override
    public long next(int[] ids, int from, int to) {
      sink.clear().bytes(parent);
      for (int index = from; index < to; index++) {
        sink.littleEndian(ids[index]);
        if (bigrams) {
          sink.littleEndian(ids[index + 1]);
        }
      }
      parent = sink.digest(sha256);
      long number = first(parent);
      return lora == null
          ? number
          : first(sink.clear().bytes(lora).bigEndian(number).digest(sha256));
    }

    private static long first(byte[] digest) {
      return ByteBuffer.wrap(digest).getLong();
    }

    @Override
    public BlockLinks copy() {
      return new Links(lora, parent);
    }
  }

  /** Builds {@link SglangBlockHashing}. Not thread-safe. */
  public static final class Builder {
    private int pageSize;
    private boolean bigrams;
    private boolean saltAndLora = true;

    private Builder() {}

    /** Ids in a page, the worker's {@code --page-size}, which is 1 unless it is set; no default. */
    public Builder pageSize(int ids) {
      this.pageSize = ids;
      return this;
    }

    /** Whether the keys are pairs of ids, as with EAGLE; default false. */
    public Builder bigrams(boolean pairs) {
      this.bigrams = pairs;
      return this;
    }

    /**
     * Whether the engine hashes cache salts and LoRA names, which older ones do not; default true.
     */
    public Builder saltAndLora(boolean hashed) {
      this.saltAndLora = hashed;
      return this;
    }

    /**
     * The hashing.
     *
     * @throws IllegalArgumentException if the page size is not given, or not positive
     */
    public SglangBlockHashing build() {
      return new SglangBlockHashing(this);
    }
  }
}
