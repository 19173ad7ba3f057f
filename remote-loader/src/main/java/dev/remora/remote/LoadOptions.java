package dev.remora.remote;

import dev.remora.proto.WorkerService;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a tokenizer is loaded: time, limits, what is asked of whom, which engine. Every default is
 * meant for production. Immutable and thread-safe.
 */
public final class LoadOptions {
  /** The defaults, each named at its method. */
  public static final LoadOptions DEFAULT = builder().build();

  private final Builder values; // a copy that nobody changes

  private LoadOptions(Builder builder) {
    this.values = new Builder(builder);
  }

  /** The one deadline of a load: handshake, stream, unpacking and every retry. Default 120 s. */
  public Duration timeout() {
    return values.timeout;
  }

  /** How long one try waits without receiving a byte before it is given up. Default 20 s. */
  public Duration idleTimeout() {
    return values.idleTimeout;
  }

  /** How often one worker is tried, from 1. Default 5. */
  public int maxTries() {
    return values.maxTries;
  }

  /**
   * The pause before workers are tried again; it doubles each time, and each pause is shortened at
   * random by up to half. Default 200 ms.
   */
  public Duration backoff() {
    return values.backoff;
  }

  /** The full names of the gRPC services to ask, in turn. Default: all of {@link WorkerService}. */
  public List<String> services() {
    return values.services;
  }

  /** How many bytes of data a stream may carry. Default 200 MiB. */
  public long maxStreamedBytes() {
    return values.maxStreamedBytes;
  }

  /** How many bytes the files of a bundle may have together. Default 500 MiB. */
  public long maxUnpackedBytes() {
    return values.maxUnpackedBytes;
  }

  /** How many entries a bundle may hold, folders included. Default 50. */
  public int maxEntries() {
    return values.maxEntries;
  }

  /**
   * How many bytes one gRPC message may have, whatever the channel's own limit is; empty, the
   * default, for the channel's (gRPC's default is 4 MiB).
   */
  public OptionalInt maxMessageBytes() {
    Integer bytes = values.maxMessageBytes;
    return bytes == null ? OptionalInt.empty() : OptionalInt.of(bytes);
  }

  /** The SHA-256 in hex that the streamed bytes must have; empty, the default, for any. */
  public Optional<String> expectedFingerprint() {
    return Optional.ofNullable(values.expectedFingerprint);
  }

  /** Whether a worker may send no fingerprint at all. Default false. */
  public boolean allowMissingFingerprint() {
    return values.allowMissingFingerprint;
  }

  /** The name of the engine to use; empty, the default, for the best that takes the bundle. */
  public Optional<String> engine() {
    return Optional.ofNullable(values.engine);
  }

  /**
   * What becomes of a tokenizer that does not fit what the worker says of its model. Default {@link
   * ModelInfoCheck#WARN}.
   */
  public ModelInfoCheck modelInfoCheck() {
    return values.modelInfoCheck;
  }

  /** Who is told of the steps of a load. Default nobody. */
  public LoadListener listener() {
    return values.listener;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof LoadOptions that && values.all().equals(that.values.all()));
  }

  @Override
  public int hashCode() {
    return values.all().hashCode();
  }

  /** A builder that begins at the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins at these options. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /** Builds {@link LoadOptions}; the methods are named after its own. Not thread-safe. */
  public static final class Builder {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private Duration timeout = Duration.ofMinutes(2);
    private Duration idleTimeout = Duration.ofSeconds(20);
    private int maxTries = 5;
    private Duration backoff = Duration.ofMillis(200);
    private List<String> services =
        Arrays.stream(WorkerService.values()).map(WorkerService::fullName).toList();
    private long maxStreamedBytes = 200L << 20;
    private long maxUnpackedBytes = 500L << 20;
    private int maxEntries = 50;
    private @Nullable Integer maxMessageBytes;
    private @Nullable String expectedFingerprint;
    private boolean allowMissingFingerprint;
    private @Nullable String engine;
    private ModelInfoCheck modelInfoCheck = ModelInfoCheck.WARN;
    private LoadListener listener = LoadListener.NONE;

    private Builder() {}

    private Builder(Builder options) {
      this.timeout = options.timeout;
      this.idleTimeout = options.idleTimeout;
      this.maxTries = options.maxTries;
      this.backoff = options.backoff;
      this.services = options.services;
      this.maxStreamedBytes = options.maxStreamedBytes;
      this.maxUnpackedBytes = options.maxUnpackedBytes;
      this.maxEntries = options.maxEntries;
      this.maxMessageBytes = options.maxMessageBytes;
      this.expectedFingerprint = options.expectedFingerprint;
      this.allowMissingFingerprint = options.allowMissingFingerprint;
      this.engine = options.engine;
      this.modelInfoCheck = options.modelInfoCheck;
      this.listener = options.listener;
    }

    private List<@Nullable Object> all() {
      return Arrays.asList(
          timeout,
          idleTimeout,
          maxTries,
          backoff,
          services,
          maxStreamedBytes,
          maxUnpackedBytes,
          maxEntries,
          maxMessageBytes,
          expectedFingerprint,
          allowMissingFingerprint,
          engine,
          modelInfoCheck,
          listener);
    }

    /** See {@link LoadOptions#timeout()}. */
    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    /** See {@link LoadOptions#idleTimeout()}. */
    public Builder idleTimeout(Duration idleTimeout) {
      this.idleTimeout = idleTimeout;
      return this;
    }

    /** See {@link LoadOptions#maxTries()}. */
    public Builder maxTries(int maxTries) {
      this.maxTries = maxTries;
      return this;
    }

    /** See {@link LoadOptions#backoff()}. */
    public Builder backoff(Duration backoff) {
      this.backoff = backoff;
      return this;
    }

    /** See {@link LoadOptions#services()}. */
    public Builder services(List<String> services) {
      this.services = List.copyOf(services);
      return this;
    }

    /** See {@link LoadOptions#maxStreamedBytes()}. */
    public Builder maxStreamedBytes(long bytes) {
      this.maxStreamedBytes = bytes;
      return this;
    }

    /** See {@link LoadOptions#maxUnpackedBytes()}. */
    public Builder maxUnpackedBytes(long bytes) {
      this.maxUnpackedBytes = bytes;
      return this;
    }

    /** See {@link LoadOptions#maxEntries()}. */
    public Builder maxEntries(int entries) {
      this.maxEntries = entries;
      return this;
    }

    /** See {@link LoadOptions#maxMessageBytes()}. */
    public Builder maxMessageBytes(int bytes) {
      this.maxMessageBytes = bytes;
      return this;
    }

    /** See {@link LoadOptions#expectedFingerprint()}. */
    public Builder expectedFingerprint(@Nullable String sha256) {
      this.expectedFingerprint = sha256;
      return this;
    }

    /** See {@link LoadOptions#allowMissingFingerprint()}. */
    public Builder allowMissingFingerprint(boolean allow) {
      this.allowMissingFingerprint = allow;
      return this;
    }

    /** See {@link LoadOptions#engine()}. */
    public Builder engine(@Nullable String name) {
      this.engine = name;
      return this;
    }

    /** See {@link LoadOptions#modelInfoCheck()}. */
    public Builder modelInfoCheck(ModelInfoCheck check) {
      this.modelInfoCheck = Objects.requireNonNull(check, "check");
      return this;
    }

    /** See {@link LoadOptions#listener()}. */
    public Builder listener(LoadListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if a time or a bound is not positive, there is no service,
     *     or the expected fingerprint is no SHA-256 in hex
     */
    public LoadOptions build() {
      positive("timeout", timeout.toNanos());
      positive("idleTimeout", idleTimeout.toNanos());
      positive("maxTries", maxTries);
      positive("backoff", backoff.toNanos());
      positive("services", services.size());
      positive("maxStreamedBytes", maxStreamedBytes);
      positive("maxUnpackedBytes", maxUnpackedBytes);
      positive("maxEntries", maxEntries);
      positive("maxMessageBytes", maxMessageBytes == null ? 1 : maxMessageBytes);
      if (expectedFingerprint != null && !SHA256.matcher(expectedFingerprint).matches()) {
        throw new IllegalArgumentException(
            "expectedFingerprint must be 64 hex digits: " + expectedFingerprint);
      }
      return new LoadOptions(this);
    }

    private static void positive(String name, long value) {
      if (value <= 0) {
        throw new IllegalArgumentException(name + " must be positive");
      }
    }
  }
}
