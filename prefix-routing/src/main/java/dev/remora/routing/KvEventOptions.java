package dev.remora.routing;

import dev.remora.proto.WorkerService;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** How a {@link KvEventClient} listens to a worker. Immutable; thread-safe if its listener is. */
public final class KvEventOptions {
  /** The defaults. */
  public static final KvEventOptions DEFAULT = builder().build();

  private final List<String> services;
  private final Duration backoff;
  private final Duration maxBackoff;
  private final KvEventListener listener;

  private KvEventOptions(Builder builder) {
    this.services = builder.services;
    this.backoff = builder.backoff;
    this.maxBackoff = builder.maxBackoff;
    this.listener = builder.listener;
  }

  /** The full names of the services that are asked, in order. */
  public List<String> services() {
    return services;
  }

  /** The first pause before a call that failed is made again. */
  public Duration backoff() {
    return backoff;
  }

  /** The longest pause; each is twice as long as the one before. */
  public Duration maxBackoff() {
    return maxBackoff;
  }

  /** Who is told. */
  public KvEventListener listener() {
    return listener;
  }

  @Override
  public String toString() {
    return "KvEventOptions[services="
        + services
        + ", backoff="
        + backoff
        + ", maxBackoff="
        + maxBackoff
        + "]";
  }

  /** A builder that begins at the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins at these options. */
  public Builder toBuilder() {
    return builder().services(services).backoff(backoff).maxBackoff(maxBackoff).listener(listener);
  }

  /** Builds {@link KvEventOptions}. Not thread-safe. */
  public static final class Builder {
    private List<String> services =
        List.of(
            WorkerService.SGLANG.fullName(),
            WorkerService.VLLM.fullName(),
            WorkerService.TOKENSPEED.fullName());
    private Duration backoff = Duration.ofSeconds(1);
    private Duration maxBackoff = Duration.ofMinutes(1);
    private KvEventListener listener = new KvEventListener() {};

    private Builder() {}

    /**
     * The full names of the services to ask; the next one after UNIMPLEMENTED. Default those of
     * SGLang, vLLM and TokenSpeed.
     *
     * @throws IllegalArgumentException if there is none, or one twice
     */
    public Builder services(List<String> fullNames) {
      List<String> copy = List.copyOf(fullNames);
      if (copy.isEmpty() || copy.stream().distinct().count() < copy.size()) {
        throw new IllegalArgumentException("services must be given, each once: " + copy);
      }
      this.services = copy;
      return this;
    }

    /**
     * The first pause before a call that failed is made again; default 1 s.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder backoff(Duration first) {
      this.backoff = requirePositive("backoff", first);
      return this;
    }

    /**
     * The longest pause; default 1 min.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxBackoff(Duration longest) {
      this.maxBackoff = requirePositive("maxBackoff", longest);
      return this;
    }

    private static Duration requirePositive(String what, Duration time) {
      if (time.isNegative() || time.isZero() || time.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            what + " must be positive and at most a day, not " + time);
      }
      return time;
    }

    /** Who is told; default nobody. */
    public Builder listener(KvEventListener told) {
      this.listener = Objects.requireNonNull(told);
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if the backoff is above its maximum
     */
    public KvEventOptions build() {
      if (backoff.compareTo(maxBackoff) > 0) {
        throw new IllegalArgumentException(
            "backoff " + backoff + " is above maxBackoff " + maxBackoff);
      }
      return new KvEventOptions(this);
    }
  }
}
