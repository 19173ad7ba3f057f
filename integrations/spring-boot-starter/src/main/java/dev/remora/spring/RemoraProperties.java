package dev.remora.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which models there are, and how their tokenizers are loaded. Immutable.
 *
 * @param models the models by name
 * @param tls how the workers are connected to
 * @param timeout the one deadline of a load
 * @param idleTimeout how long an attempt waits without receiving a byte; 20 s, or the timeout if
 *     that is shorter
 * @param maxAttempts how many attempts one worker gets in a load; as many as the timeout has room
 *     for
 * @param services the full names of the gRPC services to ask, in order; all that are known
 * @param engine the engine to use; the best one that takes the bundle
 * @param refresh how often the workers are asked whether their tokenizers have changed; 0 for never
 * @param cache a directory that keeps the last bundles of workers, for when none is up; none
 * @param shutdownTimeout how long calls that are under way may take when the application stops
 */
@ConfigurationProperties("remora")
public record RemoraProperties(
    @DefaultValue Map<String, Model> models,
    @DefaultValue Tls tls,
    @DefaultValue("120s") Duration timeout,
    @Nullable Duration idleTimeout,
    @Nullable Integer maxAttempts,
    @DefaultValue List<String> services,
    @Nullable String engine,
    @DefaultValue("5m") Duration refresh,
    @Nullable Path cache,
    @DefaultValue("5s") Duration shutdownTimeout) {

  /**
   * Where the tokenizer of a model comes from: its workers, else the directory.
   *
   * @param workers the addresses of its workers, in the order of asking
   * @param directory a local directory with its files, for when no worker has it; none
   * @param fingerprint the SHA-256 that the workers' bundle must have, in hex; the one they
   *     announce
   */
  public record Model(
      @DefaultValue List<String> workers, @Nullable Path directory, @Nullable String fingerprint) {}

  /**
   * How workers are connected to.
   *
   * @param enabled whether by TLS; without a bundle, the certificates count that the JVM trusts
   * @param bundle the name of a bundle of spring.ssl: whom to trust, and the own certificate
   */
  public record Tls(@DefaultValue("false") boolean enabled, @Nullable String bundle) {}
}
