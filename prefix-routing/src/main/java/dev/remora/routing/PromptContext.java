package dev.remora.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt has beside its ids that keeps engines from sharing its blocks with prompts of equal
 * ids: a LoRA adapter, a cache salt, images and the like.
 *
 * <p>Immutable and thread-safe.
 */
public final class PromptContext {
  /** Ids, and nothing else. */
  public static final PromptContext NONE = builder().build();

  /**
   * An image, a sound or the like among the ids of a prompt.
   *
   * @param identifier the engine's name of its content, such as vLLM's {@code mm_hash}
   * @param start the index of its first placeholder id
   * @param length how many placeholder ids it has
   */
  record MultimodalItem(String identifier, int start, int length) {
    int end() {
      return start + length;
    }
  }

  private final @Nullable String loraName;
  private final @Nullable Integer loraId;
  private final @Nullable String cacheSalt;
  private final List<MultimodalItem> items;

  private PromptContext(Builder builder) {
    this.loraName = builder.loraName;
    this.loraId = builder.loraId;
    this.cacheSalt = builder.cacheSalt;
    this.items = List.copyOf(builder.items);
  }

  /** The name of the LoRA adapter; empty for none. */
  public Optional<String> loraName() {
    return Optional.ofNullable(loraName);
  }

  /** The number that the worker has given the adapter; empty if there is none. */
  public OptionalInt loraId() {
    return loraId == null ? OptionalInt.empty() : OptionalInt.of(loraId);
  }

  /** The cache salt; empty for none. */
  public Optional<String> cacheSalt() {
    return Optional.ofNullable(cacheSalt);
  }

  /** Whether the prompt has images and the like. */
  public boolean isMultimodal() {
    return !items.isEmpty();
  }

  List<MultimodalItem> items() {
    return items;
  }

  /** Whether there is an adapter, by name or number. */
  boolean hasLora() {
    return loraName != null || loraId != null;
  }

  @Override
  public String toString() {
    return "PromptContext[loraName="
        + loraName
        + ", loraId="
        + loraId
        + ", cacheSalt="
        + (cacheSalt == null ? "none" : "set")
        + ", items="
        + items.size()
        + "]";
  }

  /** A builder that begins at {@link #NONE}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds {@link PromptContext}. Not thread-safe. */
  public static final class Builder {
    private @Nullable String loraName;
    private @Nullable Integer loraId;
    private @Nullable String cacheSalt;
    private final List<MultimodalItem> items = new ArrayList<>();

    private Builder() {}

    /**
     * The name of the LoRA adapter; default none.
     *
     * @throws IllegalArgumentException if it is empty, or no text
     */
    public Builder loraName(String name) {
      this.loraName = requireText("the LoRA name", name);
      return this;
    }

    /**
     * The number that the worker has given the adapter, which older vLLM hashes, and events carry;
     * default none.
     *
     * @throws IllegalArgumentException if it is not positive: engines number from 1
     */
    public Builder loraId(int id) {
      if (id < 1) {
        throw new IllegalArgumentException("the LoRA id must be positive, not " + id);
      }
      this.loraId = id;
      return this;
    }

    /**
     * The cache salt of the request; default none.
     *
     * @throws IllegalArgumentException if it is empty, or no text
     */
    public Builder cacheSalt(String salt) {
      this.cacheSalt = requireText("the cache salt", salt);
      return this;
    }

    /**
     * Adds an image or the like; default none.
     *
     * @param identifier the engine's name of its content, such as vLLM's {@code mm_hash}
     * @param start the index of its first placeholder id
     * @param length how many placeholder ids it has
     * @throws IllegalArgumentException if the range is empty or negative, or begins before the end
     *     of the item added before
     */
    public Builder item(String identifier, int start, int length) {
      requireText("the identifier", identifier);
      if (start < 0 || length < 1 || start > Integer.MAX_VALUE - length) {
        throw new IllegalArgumentException("no range of ids: " + start + " and " + length);
      }
      if (!items.isEmpty() && start < items.get(items.size() - 1).end()) {
        throw new IllegalArgumentException(
            "the item at " + start + " begins before the one before it ends");
      }
      items.add(new MultimodalItem(identifier, start, length));
      return this;
    }

    /** The context. */
    public PromptContext build() {
      return new PromptContext(this);
    }
  }

  /** Refuses what has no UTF-8, whose bytes a hash would be of. */
  static String requireText(String what, String text) {
    Objects.requireNonNull(text, what);
    if (text.isEmpty() || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          what + (text.isEmpty() ? " is empty" : " has an unpaired surrogate"));
    }
    return text;
  }
}
