package dev.remora.remote;

import static dev.remora.remote.Checks.require;
import static dev.remora.remote.Checks.requireAtMost;
import static dev.remora.remote.Checks.requirePositive;

import dev.remora.ReferenceVersion;
import dev.remora.core.engine.EngineChoice;
import dev.remora.proto.WorkerService;
import dev.remora.remote.archive.BundleLimits;
import dev.remora.remote.stream.CallLimits;
import dev.remora.remote.stream.FingerprintPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a tokenizer is loaded: time, limits, which services and engine are asked. Every default is
 * meant for production.
 *
 * <p>Durations are more than 0 and at most 292 years; counts and bounds are at least 1. Settings
 * that contradict each other are refused by {@link Builder#build()}; none of them changes another.
 *
 * <p>Immutable and thread-safe, but for a {@link #listener()} that is not.
 */
public final class LoadOptions {
  /** The defaults, each named at its method. */
  public static final LoadOptions DEFAULT = builder().build();

  private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration QUESTION_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration DEFAULT_BACKOFF = Duration.ofMillis(200);

  private final Builder values; // a copy that nobody changes

  private LoadOptions(Builder builder) {
    this.values = new Builder(builder);
  }

  /** The one deadline of a load: handshake, stream, unpacking and every retry. Default 120 s. */
  public Duration timeout() {
    return values.timeout;
  }

  /**
   * How long one attempt waits without receiving a byte before it is given up; at most {@link
   * #timeout()}. Default 20 s, or the timeout if that is shorter.
   */
  public Duration idleTimeout() {
    return values.orTimeout(values.idleTimeout, DEFAULT_IDLE_TIMEOUT);
  }

  /**
   * How many attempts one worker gets in a load; each failed one is a {@link dev.remora.Attempt}.
   * Default empty: as many as the {@link #timeout()} has room for.
   */
  public OptionalInt maxAttempts() {
    return optional(values.maxAttempts);
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /**
   * The pause before workers are tried again; at most {@link #timeout()}. It doubles each time, up
   * to 5 s (or to this, if it is longer), and each pause is shortened at random by up to half.
   * Default 200 ms, or the timeout if that is shorter.
   */
  public Duration backoff() {
    return values.orTimeout(values.backoff, DEFAULT_BACKOFF);
  }

  /**
   * The full names of the gRPC services to ask, in order; at least one, no blank one, no
   * duplicates. Default: all of {@link WorkerService}.
   */
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

  /** How many entries a bundle may hold, directories included. Default 50. */
  public int maxEntries() {
    return values.maxEntries;
  }

  /**
   * How many bytes one gRPC message may have, whatever the channel's own limit is. Default empty:
   * the channel's limit holds (gRPC's default is 4 MiB).
   */
  public OptionalInt maxMessageBytes() {
    return optional(values.maxMessageBytes);
  }

  /**
   * The SHA-256 that the streamed bytes must have, as 64 hex digits of either case. Default empty:
   * the one that the worker announces.
   */
  public Optional<String> expectedFingerprint() {
    return Optional.ofNullable(values.expectedFingerprint);
  }

  /**
   * Whether a worker may announce no fingerprint at all, so that its bytes are not verified.
   * Contradicts {@link #expectedFingerprint()}. Default false.
   */
  public boolean allowMissingFingerprint() {
    return values.allowMissingFingerprint;
  }

  /**
   * The name of the engine to use, not blank. Default empty: the best engine that takes the bundle.
   */
  public Optional<String> engine() {
    return Optional.ofNullable(values.engine);
  }

  /**
   * Whether bundles, and the texts that are encoded, are trusted like code of one's own. The djl
   * engine then takes definitions that are not on its list of what is safe in native code: one that
   * is hostile, or a text, may end the JVM, hang it or take all of its memory, and no exception
   * tells. Nothing else becomes less strict. Default false.
   */
  public boolean trustBundles() {
    return values.trustBundles;
  }

  /**
   * The version of Hugging Face tokenizers that the workers run, where versions differ: in what
   * some added tokens decode to. Default {@link ReferenceVersion#V0_21}.
   */
  public ReferenceVersion referenceVersion() {
    return values.referenceVersion;
  }

  /** The engine to use, how far it may go, and what it is to be like. */
  EngineChoice engineChoice() {
    return new EngineChoice(engine(), trustBundles(), referenceVersion());
  }

  /**
   * What happens to a tokenizer that does not fit what the worker says of its model. Default {@link
   * ModelInfoCheck#WARN}.
   */
  public ModelInfoCheck modelInfoCheck() {
    return values.modelInfoCheck;
  }

  /** Who is told of the steps of a load. Default {@link LoadListener#NONE}. */
  public LoadListener listener() {
    return values.listener;
  }

  /** What a bundle may have at most. */
  BundleLimits limits() {
    return new BundleLimits(maxStreamedBytes(), maxUnpackedBytes(), maxEntries());
  }

  /** What a call is bounded by. */
  CallLimits callLimits() {
    return new CallLimits(idleTimeout(), maxMessageBytes());
  }

  /** What a question is bounded by, the answer to which a load can do without. */
  CallLimits questionLimits() {
    return new CallLimits(QUESTION_TIMEOUT, maxMessageBytes());
  }

  /** What fingerprint a stream must have. */
  FingerprintPolicy fingerprints() {
    return new FingerprintPolicy(values.expectedFingerprint, values.allowMissingFingerprint);
  }

  /** Every setting by its name, in the order of the methods. */
  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("timeout", timeout());
    settings.put("idleTimeout", idleTimeout());
    settings.put("maxAttempts", maxAttempts());
    settings.put("backoff", backoff());
    settings.put("services", services());
    settings.put("maxStreamedBytes", maxStreamedBytes());
    settings.put("maxUnpackedBytes", maxUnpackedBytes());
    settings.put("maxEntries", maxEntries());
    settings.put("maxMessageBytes", maxMessageBytes());
    settings.put("expectedFingerprint", expectedFingerprint());
    settings.put("allowMissingFingerprint", allowMissingFingerprint());
    settings.put("engine", engine());
    settings.put("trustBundles", trustBundles());
    settings.put("referenceVersion", referenceVersion());
    settings.put("modelInfoCheck", modelInfoCheck());
    settings.put("listener", listener());
    return settings;
  }

  /** Whether the other options have equal settings. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof LoadOptions that && settings().equals(that.settings()));
  }

  @Override
  public int hashCode() {
    return settings().hashCode();
  }

  /** Every setting by its name. */
  @Override
  public String toString() {
    return settings().entrySet().stream()
        .map(setting -> setting.getKey() + "=" + setting.getValue())
        .collect(Collectors.joining(", ", "LoadOptions[", "]"));
  }

  /** A builder that begins at the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins at these options. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /**
   * Builds {@link LoadOptions}; each method sets what the method of that name gives. Not
   * thread-safe.
   */
  public static final class Builder {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private Duration timeout = Duration.ofMinutes(2);
    private @Nullable Duration idleTimeout;
    private @Nullable Integer maxAttempts;
    private @Nullable Duration backoff;
    private List<String> services =
        Arrays.stream(WorkerService.values()).map(WorkerService::fullName).toList();
    private long maxStreamedBytes = 200L << 20;
    private long maxUnpackedBytes = 500L << 20;
    private int maxEntries = 50;
    private @Nullable Integer maxMessageBytes;
    private @Nullable String expectedFingerprint;
    private boolean allowMissingFingerprint;
    private @Nullable String engine;
    private boolean trustBundles;
    private ReferenceVersion referenceVersion = ReferenceVersion.V0_21;
    private ModelInfoCheck modelInfoCheck = ModelInfoCheck.WARN;
    private LoadListener listener = LoadListener.NONE;

    private Builder() {}

    private Builder(Builder options) {
      this.timeout = options.timeout;
      this.idleTimeout = options.idleTimeout;
      this.maxAttempts = options.maxAttempts;
      this.backoff = options.backoff;
      this.services = options.services;
      this.maxStreamedBytes = options.maxStreamedBytes;
      this.maxUnpackedBytes = options.maxUnpackedBytes;
      this.maxEntries = options.maxEntries;
      this.maxMessageBytes = options.maxMessageBytes;
      this.expectedFingerprint = options.expectedFingerprint;
      this.allowMissingFingerprint = options.allowMissingFingerprint;
      this.engine = options.engine;
      this.trustBundles = options.trustBundles;
      this.referenceVersion = options.referenceVersion;
      this.modelInfoCheck = options.modelInfoCheck;
      this.listener = options.listener;
    }

    /** A duration that was set, or else its default within the timeout. */
    private Duration orTimeout(@Nullable Duration set, Duration byDefault) {
      if (set != null) {
        return set;
      }
      return byDefault.compareTo(timeout) < 0 ? byDefault : timeout;
    }

    /** Sets {@link LoadOptions#timeout()}. */
    public Builder timeout(Duration timeout) {
      this.timeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    /** Sets {@link LoadOptions#idleTimeout()}. */
    public Builder idleTimeout(Duration idleTimeout) {
      this.idleTimeout = Objects.requireNonNull(idleTimeout, "idleTimeout");
      return this;
    }

    /** Sets {@link LoadOptions#maxAttempts()}. */
    public Builder maxAttempts(int maxAttempts) {
      this.maxAttempts = maxAttempts;
      return this;
    }

    /** Sets {@link LoadOptions#backoff()}. */
    public Builder backoff(Duration backoff) {
      this.backoff = Objects.requireNonNull(backoff, "backoff");
      return this;
    }

    /** Sets {@link LoadOptions#services()}; the list is copied. */
    public Builder services(List<String> services) {
      this.services = List.copyOf(services);
      return this;
    }

    /** Sets {@link LoadOptions#maxStreamedBytes()}. */
    public Builder maxStreamedBytes(long bytes) {
      this.maxStreamedBytes = bytes;
      return this;
    }

    /** Sets {@link LoadOptions#maxUnpackedBytes()}. */
    public Builder maxUnpackedBytes(long bytes) {
      this.maxUnpackedBytes = bytes;
      return this;
    }

    /** Sets {@link LoadOptions#maxEntries()}. */
    public Builder maxEntries(int entries) {
      this.maxEntries = entries;
      return this;
    }

    /** Sets {@link LoadOptions#maxMessageBytes()}. */
    public Builder maxMessageBytes(int bytes) {
      this.maxMessageBytes = bytes;
      return this;
    }

    /** Sets {@link LoadOptions#expectedFingerprint()}; null for none. */
    public Builder expectedFingerprint(@Nullable String sha256) {
      this.expectedFingerprint = sha256;
      return this;
    }

    /** Sets {@link LoadOptions#allowMissingFingerprint()}. */
    public Builder allowMissingFingerprint(boolean allow) {
      this.allowMissingFingerprint = allow;
      return this;
    }

    /** Sets {@link LoadOptions#engine()}; null for none. */
    public Builder engine(@Nullable String name) {
      this.engine = name;
      return this;
    }

    /** Sets {@link LoadOptions#trustBundles()}. */
    public Builder trustBundles(boolean trust) {
      this.trustBundles = trust;
      return this;
    }

    /** Sets {@link LoadOptions#referenceVersion()}. */
    public Builder referenceVersion(ReferenceVersion version) {
      this.referenceVersion = Objects.requireNonNull(version, "version");
      return this;
    }

    /** Sets {@link LoadOptions#modelInfoCheck()}. */
    public Builder modelInfoCheck(ModelInfoCheck check) {
      this.modelInfoCheck = Objects.requireNonNull(check, "check");
      return this;
    }

    /** Sets {@link LoadOptions#listener()}. */
    public Builder listener(LoadListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if a setting is out of its range or contradicts another; the
     *     message names the setting, or both
     */
    public LoadOptions build() {
      requirePositive("timeout", timeout);
      requireWithinTimeout("idleTimeout", idleTimeout);
      requireWithinTimeout("backoff", backoff);
      requirePositive("maxAttempts", maxAttempts == null ? 1 : maxAttempts);
      requirePositive("maxStreamedBytes", maxStreamedBytes);
      requirePositive("maxUnpackedBytes", maxUnpackedBytes);
      requirePositive("maxEntries", maxEntries);
      requirePositive("maxMessageBytes", maxMessageBytes == null ? 1 : maxMessageBytes);
      requireServices();
      requireFingerprint();
      require(engine == null || !engine.isBlank(), "engine must not be blank");
      return new LoadOptions(this);
    }

    private void requireWithinTimeout(String name, @Nullable Duration duration) {
      if (duration != null) {
        requirePositive(name, duration);
        requireAtMost(name, duration, "timeout", timeout);
      }
    }

    private void requireServices() {
      require(!services.isEmpty(), "services must not be empty");
      Set<String> names = new HashSet<>();
      for (String service : services) {
        require(!service.isBlank(), "services must not contain a blank name");
        require(names.add(service), "services must not contain a duplicate: " + service);
      }
    }

    private void requireFingerprint() {
      if (expectedFingerprint != null) {
        require(
            SHA256.matcher(expectedFingerprint).matches(),
            "expectedFingerprint must be 64 hex digits: " + expectedFingerprint);
        require(
            !allowMissingFingerprint,
            "allowMissingFingerprint must be false if there is an expectedFingerprint");
      }
    }
  }
}
